/// Where things lie in a picture, in pixels.
enum PlotLayout {
    /// The picture.
    static let width = 1_200.0
    /// The left edge of the panels.
    static let left = 84.0
    /// The width of the panels.
    static let panelWidth = 1_088.0
    /// The top edge of the first panel.
    static let top = 134.0
    /// The height of a panel.
    static let panelHeight = 150.0
    /// From the top edge of a panel to that of the next.
    static let panelDistance = 186.0
    /// The right edge of the panels.
    static let right = left + panelWidth

    /// The top edge of a panel, from 0.
    static func top(ofPanel index: Int) -> Double { top + panelDistance * Double(index) }

    /// The bottom edge of the last of some panels.
    static func bottom(ofPanels count: Int) -> Double {
        top(ofPanel: count - 1) + panelHeight
    }

    /// The height of a picture of some panels.
    static func height(ofPanels count: Int) -> Double {
        bottom(ofPanels: count) + 60
    }
}
