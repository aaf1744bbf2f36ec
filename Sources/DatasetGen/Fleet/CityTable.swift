/// The bundled cities, one a line, sorted by name.
///
/// The columns are facts, separated by `|`:
///
/// 1. name: the common English spelling in ASCII, unique in the table;
/// 2. region: the state, province or other first-level division the city lies in, in ASCII;
/// 3. country: ISO 3166-1 alpha-2 (a territory with a code of its own has that code; Antarctica is `AQ`);
/// 4. latitude: decimal degrees, north positive, at the city's centre;
/// 5. longitude: decimal degrees, east positive, at the city's centre;
/// 6. elevation: whole metres above mean sea level, a usual figure for the centre (negative below sea level);
/// 7. time zone: the IANA name that tzdb lists for the place in `zone.tab` or `zone1970.tab`;
/// 8. population: a census count or official estimate for the city proper, or the nearest figure there is. Years vary
///    (mostly 2010 to 2024), and so do areas: Istanbul is the whole province, the Australian capitals and Lagos are
///    metropolitan areas, McMurdo Station is a typical summer.
///
/// The facts are general knowledge. Every city except McMurdo Station was checked against GeoNames: country, time zone,
/// position (within 15 km) and population, which for about one city in ten differs by more than half because another
/// area or an older count is meant. Every zone was checked against tzdb and the time zone boundaries. Elevations were
/// compared with published city and airport elevations nearby; on uneven ground they are only typical, within some
/// tens of metres.
enum CityTable {
    static let text = """
        Abidjan|Abidjan|CI|5.3600|-4.0083|18|Africa/Abidjan|6321017
        Accra|Greater Accra|GH|5.6037|-0.1870|61|Africa/Accra|1963264
        Addis Ababa|Addis Ababa|ET|9.0300|38.7400|2355|Africa/Addis_Ababa|3860000
        Adelaide|South Australia|AU|-34.9285|138.6007|50|Australia/Adelaide|1387290
        Algiers|Algiers|DZ|36.7538|3.0588|20|Africa/Algiers|2364230
        Alice Springs|Northern Territory|AU|-23.6980|133.8807|545|Australia/Darwin|24855
        Almaty|Almaty|KZ|43.2567|76.9286|785|Asia/Almaty|1977011
        Amman|Amman|JO|31.9552|35.9450|780|Asia/Amman|1275857
        Amsterdam|North Holland|NL|52.3676|4.9041|-2|Europe/Amsterdam|882633
        Anadyr|Chukotka|RU|64.7337|177.4968|35|Asia/Anadyr|13202
        Anchorage|Alaska|US|61.2181|-149.9003|31|America/Anchorage|291247
        Antananarivo|Analamanga|MG|-18.8792|47.5079|1276|Indian/Antananarivo|1275207
        Apia|Tuamasaga|WS|-13.8333|-171.7667|2|Pacific/Apia|37391
        Athens|Attica|GR|37.9838|23.7275|87|Europe/Athens|643452
        Atlanta|Georgia|US|33.7490|-84.3880|320|America/New_York|498715
        Auckland|Auckland|NZ|-36.8485|174.7633|26|Pacific/Auckland|1656486
        Austin|Texas|US|30.2672|-97.7431|149|America/Chicago|961855
        Baghdad|Baghdad|IQ|33.3152|44.3661|34|Asia/Baghdad|7216000
        Baku|Baku|AZ|40.4093|49.8671|-28|Asia/Baku|2303100
        Bangkok|Bangkok|TH|13.7563|100.5018|2|Asia/Bangkok|5588222
        Barcelona|Catalonia|ES|41.3874|2.1686|12|Europe/Madrid|1636732
        Beijing|Beijing|CN|39.9042|116.4074|44|Asia/Shanghai|21893095
        Belgrade|Belgrade|RS|44.7866|20.4489|117|Europe/Belgrade|1197714
        Bengaluru|Karnataka|IN|12.9716|77.5946|920|Asia/Kolkata|8443675
        Berlin|Berlin|DE|52.5200|13.4050|34|Europe/Berlin|3677472
        Bogota|Bogota|CO|4.6097|-74.0817|2640|America/Bogota|7412566
        Boston|Massachusetts|US|42.3601|-71.0589|14|America/New_York|675647
        Brasilia|Federal District|BR|-15.7939|-47.8828|1100|America/Sao_Paulo|2817381
        Brisbane|Queensland|AU|-27.4698|153.0251|28|Australia/Brisbane|2526238
        Brussels|Brussels-Capital|BE|50.8503|4.3517|28|Europe/Brussels|1222637
        Bucharest|Bucharest|RO|44.4268|26.1025|83|Europe/Bucharest|1716961
        Budapest|Budapest|HU|47.4979|19.0402|102|Europe/Budapest|1685342
        Buenos Aires|Buenos Aires|AR|-34.6037|-58.3816|25|America/Argentina/Buenos_Aires|3121707
        Cairo|Cairo|EG|30.0444|31.2357|23|Africa/Cairo|9539673
        Calgary|Alberta|CA|51.0447|-114.0719|1045|America/Edmonton|1306784
        Canberra|Australian Capital Territory|AU|-35.2809|149.1300|578|Australia/Sydney|453324
        Cape Town|Western Cape|ZA|-33.9249|18.4241|15|Africa/Johannesburg|4772846
        Casablanca|Casablanca-Settat|MA|33.5731|-7.5898|27|Africa/Casablanca|3215935
        Chennai|Tamil Nadu|IN|13.0827|80.2707|7|Asia/Kolkata|4646732
        Chicago|Illinois|US|41.8781|-87.6298|181|America/Chicago|2746388
        Christchurch|Canterbury|NZ|-43.5321|172.6362|20|Pacific/Auckland|391383
        Colombo|Western|LK|6.9271|79.8612|1|Asia/Colombo|561314
        Copenhagen|Capital Region|DK|55.6761|12.5683|5|Europe/Copenhagen|644431
        Cusco|Cusco|PE|-13.5320|-71.9675|3399|America/Lima|428450
        Dakar|Dakar|SN|14.7167|-17.4677|22|Africa/Dakar|1146053
        Dallas|Texas|US|32.7767|-96.7970|131|America/Chicago|1304379
        Dar es Salaam|Dar es Salaam|TZ|-6.8235|39.2695|12|Africa/Dar_es_Salaam|5383728
        Delhi|Delhi|IN|28.6519|77.2315|216|Asia/Kolkata|11034555
        Denpasar|Bali|ID|-8.6705|115.2126|20|Asia/Makassar|725314
        Denver|Colorado|US|39.7392|-104.9903|1609|America/Denver|715522
        Detroit|Michigan|US|42.3314|-83.0458|183|America/Detroit|639111
        Dhaka|Dhaka|BD|23.7639|90.3889|4|Asia/Dhaka|10278882
        Dubai|Dubai|AE|25.2048|55.2708|5|Asia/Dubai|3411200
        Dublin|Leinster|IE|53.3498|-6.2603|20|Europe/Dublin|592713
        Edinburgh|Scotland|GB|55.9533|-3.1883|47|Europe/London|506520
        Frankfurt|Hesse|DE|50.1109|8.6821|112|Europe/Berlin|759224
        Funafuti|Funafuti|TV|-8.5243|179.1942|2|Pacific/Funafuti|6320
        Geneva|Geneva|CH|46.2044|6.1432|375|Europe/Zurich|203856
        Guatemala City|Guatemala|GT|14.6349|-90.5069|1500|America/Guatemala|923392
        Halifax|Nova Scotia|CA|44.6488|-63.5752|18|America/Halifax|439819
        Hamilton|Pembroke|BM|32.2949|-64.7814|10|Atlantic/Bermuda|854
        Hanga Roa|Valparaiso|CL|-27.1500|-109.4333|10|Pacific/Easter|7163
        Hanoi|Hanoi|VN|21.0278|105.8342|16|Asia/Bangkok|8053663
        Harare|Harare|ZW|-17.8252|31.0335|1490|Africa/Harare|1491740
        Havana|Havana|CU|23.1136|-82.3666|24|America/Havana|2132183
        Helsinki|Uusimaa|FI|60.1699|24.9384|17|Europe/Helsinki|658457
        Ho Chi Minh City|Ho Chi Minh City|VN|10.8231|106.6297|9|Asia/Ho_Chi_Minh|8993082
        Hobart|Tasmania|AU|-42.8821|147.3272|17|Australia/Hobart|247086
        Hong Kong|Hong Kong|HK|22.3193|114.1694|10|Asia/Hong_Kong|7413070
        Honolulu|Hawaii|US|21.3069|-157.8583|6|Pacific/Honolulu|350964
        Houston|Texas|US|29.7604|-95.3698|15|America/Chicago|2304580
        Iqaluit|Nunavut|CA|63.7467|-68.5170|20|America/Iqaluit|7429
        Istanbul|Istanbul|TR|41.0082|28.9784|39|Europe/Istanbul|15840900
        Jakarta|Jakarta|ID|-6.2088|106.8456|8|Asia/Jakarta|10562088
        Jamestown|Saint Helena|SH|-15.9244|-5.7180|20|Atlantic/St_Helena|625
        Johannesburg|Gauteng|ZA|-26.2041|28.0473|1753|Africa/Johannesburg|4803262
        Kabul|Kabul|AF|34.5553|69.2075|1791|Asia/Kabul|4434550
        Karachi|Sindh|PK|24.8607|67.0011|10|Asia/Karachi|14916456
        Kathmandu|Bagmati|NP|27.7172|85.3240|1400|Asia/Kathmandu|862400
        Kigali|Kigali|RW|-1.9441|30.0619|1567|Africa/Kigali|1132686
        Kingston|Kingston|JM|17.9712|-76.7936|9|America/Jamaica|662426
        Kinshasa|Kinshasa|CD|-4.3276|15.3136|280|Africa/Kinshasa|16000000
        Kolkata|West Bengal|IN|22.5726|88.3639|9|Asia/Kolkata|4496694
        Kuala Lumpur|Kuala Lumpur|MY|3.1390|101.6869|40|Asia/Kuala_Lumpur|1982112
        Kyiv|Kyiv|UA|50.4501|30.5234|179|Europe/Kyiv|2952301
        Kyoto|Kyoto|JP|35.0116|135.7681|50|Asia/Tokyo|1463723
        La Paz|La Paz|BO|-16.4957|-68.1336|3640|America/La_Paz|757184
        Lagos|Lagos|NG|6.4541|3.3947|11|Africa/Lagos|15388000
        Las Palmas|Canary Islands|ES|28.1235|-15.4363|8|Atlantic/Canary|378675
        Las Vegas|Nevada|US|36.1699|-115.1398|610|America/Los_Angeles|641903
        Leh|Ladakh|IN|34.1526|77.5771|3500|Asia/Kolkata|30870
        Lhasa|Tibet|CN|29.6500|91.1000|3656|Asia/Shanghai|473586
        Lima|Lima|PE|-12.0464|-77.0428|154|America/Lima|8574974
        Lisbon|Lisbon|PT|38.7167|-9.1333|45|Europe/Lisbon|545796
        London|England|GB|51.5074|-0.1278|11|Europe/London|8799800
        Longyearbyen|Svalbard|SJ|78.2232|15.6267|10|Arctic/Longyearbyen|2417
        Los Angeles|California|US|34.0522|-118.2437|89|America/Los_Angeles|3898747
        Luanda|Luanda|AO|-8.8368|13.2343|6|Africa/Luanda|2776168
        Lusaka|Lusaka|ZM|-15.3875|28.3228|1279|Africa/Lusaka|2204059
        Madrid|Madrid|ES|40.4168|-3.7038|657|Europe/Madrid|3305408
        Male|Male|MV|4.1755|73.5093|2|Indian/Maldives|133412
        Manaus|Amazonas|BR|-3.1190|-60.0217|92|America/Manaus|2063689
        Manila|Metro Manila|PH|14.5995|120.9842|5|Asia/Manila|1846513
        McMurdo Station|Ross Island|AQ|-77.8460|166.6760|24|Antarctica/McMurdo|1000
        Melbourne|Victoria|AU|-37.8136|144.9631|31|Australia/Melbourne|4917750
        Mexico City|Mexico City|MX|19.4326|-99.1332|2240|America/Mexico_City|9209944
        Miami|Florida|US|25.7617|-80.1918|2|America/New_York|442241
        Milan|Lombardy|IT|45.4642|9.1900|120|Europe/Rome|1354196
        Minneapolis|Minnesota|US|44.9778|-93.2650|253|America/Chicago|429954
        Montevideo|Montevideo|UY|-34.9011|-56.1645|43|America/Montevideo|1319108
        Montreal|Quebec|CA|45.5019|-73.5674|36|America/Toronto|1762949
        Moscow|Moscow|RU|55.7558|37.6173|156|Europe/Moscow|13010112
        Mumbai|Maharashtra|IN|19.0760|72.8777|14|Asia/Kolkata|12442373
        Munich|Bavaria|DE|48.1351|11.5820|519|Europe/Berlin|1487708
        Murmansk|Murmansk|RU|68.9585|33.0827|50|Europe/Moscow|270384
        Muscat|Muscat|OM|23.5880|58.3829|10|Asia/Muscat|797000
        Nairobi|Nairobi|KE|-1.2921|36.8219|1661|Africa/Nairobi|4397073
        New Orleans|Louisiana|US|29.9511|-90.0715|1|America/Chicago|383997
        New York|New York|US|40.7128|-74.0060|10|America/New_York|8804190
        Novosibirsk|Novosibirsk|RU|55.0084|82.9357|150|Asia/Novosibirsk|1633595
        Nuku'alofa|Tongatapu|TO|-21.1394|-175.2049|3|Pacific/Tongatapu|23221
        Nuuk|Sermersooq|GL|64.1814|-51.6941|5|America/Nuuk|18800
        Osaka|Osaka|JP|34.6937|135.5023|10|Asia/Tokyo|2752412
        Oslo|Oslo|NO|59.9139|10.7522|23|Europe/Oslo|697010
        Ottawa|Ontario|CA|45.4215|-75.6972|70|America/Toronto|1017449
        Pago Pago|Eastern|AS|-14.2781|-170.7025|9|Pacific/Pago_Pago|3656
        Panama City|Panama|PA|8.9824|-79.5199|10|America/Panama|430299
        Papeete|Windward Islands|PF|-17.5350|-149.5696|4|Pacific/Tahiti|26926
        Paris|Ile-de-France|FR|48.8566|2.3522|35|Europe/Paris|2145906
        Perth|Western Australia|AU|-31.9505|115.8605|20|Australia/Perth|2116647
        Philadelphia|Pennsylvania|US|39.9526|-75.1652|12|America/New_York|1603797
        Phnom Penh|Phnom Penh|KH|11.5564|104.9282|12|Asia/Phnom_Penh|2281951
        Phoenix|Arizona|US|33.4484|-112.0740|331|America/Phoenix|1608139
        Ponta Delgada|Azores|PT|37.7412|-25.6756|10|Atlantic/Azores|67229
        Port Louis|Port Louis|MU|-20.1609|57.5012|20|Indian/Mauritius|149194
        Port Moresby|National Capital District|PG|-9.4438|147.1803|35|Pacific/Port_Moresby|364145
        Portland|Oregon|US|45.5152|-122.6784|15|America/Los_Angeles|652503
        Potosi|Potosi|BO|-19.5836|-65.7531|4070|America/La_Paz|176022
        Prague|Prague|CZ|50.0880|14.4208|200|Europe/Prague|1301432
        Praia|Praia|CV|14.9330|-23.5133|34|Atlantic/Cape_Verde|159050
        Puerto Ayora|Galapagos|EC|-0.7433|-90.3138|6|Pacific/Galapagos|11974
        Punta Arenas|Magallanes|CL|-53.1638|-70.9171|34|America/Punta_Arenas|123403
        Qaanaaq|Avannaata|GL|77.4670|-69.2285|20|America/Thule|646
        Quito|Pichincha|EC|-0.2202|-78.5123|2850|America/Guayaquil|1763275
        Reykjavik|Capital Region|IS|64.1466|-21.9426|15|Atlantic/Reykjavik|135688
        Riga|Riga|LV|56.9496|24.1052|7|Europe/Riga|605802
        Rio de Janeiro|Rio de Janeiro|BR|-22.9068|-43.1729|5|America/Sao_Paulo|6211223
        Riyadh|Riyadh|SA|24.7136|46.6753|612|Asia/Riyadh|7009100
        Rome|Lazio|IT|41.9028|12.4964|21|Europe/Rome|2748109
        Saint Petersburg|Saint Petersburg|RU|59.9311|30.3609|11|Europe/Moscow|5601911
        Salt Lake City|Utah|US|40.7608|-111.8910|1288|America/Denver|199723
        San Diego|California|US|32.7157|-117.1611|19|America/Los_Angeles|1386932
        San Francisco|California|US|37.7749|-122.4194|16|America/Los_Angeles|873965
        San Jose|California|US|37.3382|-121.8863|25|America/Los_Angeles|1013240
        San Juan|Puerto Rico|PR|18.4655|-66.1057|8|America/Puerto_Rico|342259
        Sanaa|Amanat Al Asimah|YE|15.3694|44.1910|2250|Asia/Aden|1937451
        Santiago|Santiago Metropolitan|CL|-33.4489|-70.6693|570|America/Santiago|6269384
        Sao Paulo|Sao Paulo|BR|-23.5505|-46.6333|760|America/Sao_Paulo|11451999
        Seattle|Washington|US|47.6062|-122.3321|53|America/Los_Angeles|737015
        Seoul|Seoul|KR|37.5665|126.9780|38|Asia/Seoul|9586195
        Shanghai|Shanghai|CN|31.2304|121.4737|4|Asia/Shanghai|24870895
        Shenzhen|Guangdong|CN|22.5431|114.0579|12|Asia/Shanghai|17494398
        Singapore|Singapore|SG|1.2897|103.8501|15|Asia/Singapore|5637000
        Sofia|Sofia|BG|42.6977|23.3219|550|Europe/Sofia|1183454
        St. John's|Newfoundland and Labrador|CA|47.5615|-52.7126|30|America/St_Johns|110525
        Stanley|Falkland Islands|FK|-51.6977|-57.8517|20|Atlantic/Stanley|2460
        Stockholm|Stockholm|SE|59.3293|18.0686|28|Europe/Stockholm|978770
        Suva|Central|FJ|-18.1416|178.4419|6|Pacific/Fiji|93970
        Sydney|New South Wales|AU|-33.8688|151.2093|19|Australia/Sydney|5231147
        Taipei|Taipei|TW|25.0330|121.5654|9|Asia/Taipei|2602418
        Tallinn|Harju|EE|59.4370|24.7536|9|Europe/Tallinn|437811
        Tashkent|Tashkent|UZ|41.2995|69.2401|455|Asia/Tashkent|2571668
        Tbilisi|Tbilisi|GE|41.6941|44.8337|450|Asia/Tbilisi|1202731
        Tehran|Tehran|IR|35.6892|51.3890|1200|Asia/Tehran|8693706
        Tel Aviv|Tel Aviv|IL|32.0853|34.7818|15|Asia/Jerusalem|467875
        Thimphu|Thimphu|BT|27.4728|89.6390|2320|Asia/Thimphu|114551
        Timbuktu|Timbuktu|ML|16.7666|-3.0026|261|Africa/Bamako|54453
        Tokyo|Tokyo|JP|35.6895|139.6917|40|Asia/Tokyo|9733276
        Toronto|Ontario|CA|43.6532|-79.3832|76|America/Toronto|2794356
        Torshavn|Streymoy|FO|62.0107|-6.7741|24|Atlantic/Faroe|13895
        Tromso|Troms|NO|69.6492|18.9553|10|Europe/Oslo|41915
        Ulaanbaatar|Ulaanbaatar|MN|47.8864|106.9057|1300|Asia/Ulaanbaatar|1539810
        Ushuaia|Tierra del Fuego|AR|-54.8019|-68.3030|23|America/Argentina/Ushuaia|82615
        Utqiagvik|Alaska|US|71.2906|-156.7886|3|America/Anchorage|4927
        Valletta|Malta|MT|35.8989|14.5146|56|Europe/Malta|5157
        Vancouver|British Columbia|CA|49.2827|-123.1207|35|America/Vancouver|662248
        Venice|Veneto|IT|45.4408|12.3155|1|Europe/Rome|250369
        Vienna|Vienna|AT|48.2082|16.3738|171|Europe/Vienna|1931593
        Vladivostok|Primorsky|RU|43.1155|131.8855|40|Asia/Vladivostok|603519
        Warsaw|Masovian|PL|52.2297|21.0122|113|Europe/Warsaw|1860281
        Washington|District of Columbia|US|38.9072|-77.0369|20|America/New_York|689545
        Wellington|Wellington|NZ|-41.2866|174.7756|20|Pacific/Auckland|202689
        Windhoek|Khomas|NA|-22.5609|17.0658|1655|Africa/Windhoek|325858
        Yakutsk|Sakha|RU|62.0355|129.6755|100|Asia/Yakutsk|355443
        Yangon|Yangon|MM|16.8409|96.1735|15|Asia/Yangon|5160512
        Yellowknife|Northwest Territories|CA|62.4540|-114.3718|190|America/Edmonton|20340
        Yerevan|Yerevan|AM|40.1792|44.4991|989|Asia/Yerevan|1092800
        Zurich|Zurich|CH|47.3769|8.5417|408|Europe/Zurich|421878
        """
}
