"""How long a dataset takes on many machines: a simulation of shards, workers that fail, and workers that are slow.

    python3 cluster/simulate.py --rows 1e12 --workers 1000 --shards 16000

A scheduler hands shards to idle workers in order. A worker has a speed of its own, and some are stragglers; it fails at random moments,
loses the shard that it was at, as its disk is gone, and comes back later; the shard is handed out anew. With --twice, idle workers
begin what is still running when nothing waits any more, and the first to be done counts: both make the same bytes. The merge comes last.

Random numbers have a seed: the same arguments print the same table.
"""

import argparse
import heapq
import random


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    number = lambda text: int(float(text))
    parser.add_argument("--rows", type=number, default=10**12)
    parser.add_argument("--workers", type=number, default=1_000)
    parser.add_argument("--shards", type=number, default=16_000)
    parser.add_argument("--rate", type=float, default=5e6, help="rows a second of a usual worker, all its cores")
    parser.add_argument("--begin", type=float, default=5, help="seconds until a worker has begun a shard")
    parser.add_argument("--spread", type=float, default=0.1, help="of workers' speeds: standard deviation of its logarithm")
    parser.add_argument("--stragglers", type=float, default=0.02, help="share of workers that are slow")
    parser.add_argument("--slowness", type=float, default=4, help="how many times as long these take")
    parser.add_argument("--failure", type=float, default=4, help="hours from one failure of a worker to its next, in the mean")
    parser.add_argument("--absence", type=float, default=600, help="seconds until a worker that has failed is back")
    parser.add_argument("--merge", type=float, default=0.002, help="seconds of the merge for each shard")
    parser.add_argument("--twice", action="store_true", help="idle workers repeat what others are still at")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def run(given, shards, twice):
    """Seconds until all shards are done, and how many were begun."""
    draw = random.Random(given.seed)
    work = given.rows / shards / given.rate
    pace = [draw.lognormvariate(0, given.spread) for _ in range(given.workers)]
    slow = draw.sample(range(given.workers), round(given.stragglers * given.workers))
    for worker in slow:
        pace[worker] *= given.slowness
    waiting = list(range(shards))[::-1]
    running, done = {}, set()
    events = [(0.0, worker, None, False) for worker in range(given.workers)]
    begun, now, idle = 0, 0.0, []
    failure = given.failure * 3_600

    def start(worker, shard, now):
        nonlocal begun
        begun += 1
        length, until = given.begin + work * pace[worker], draw.expovariate(1 / failure)
        running.setdefault(shard, set()).add(worker)
        heapq.heappush(events, (now + min(length, until), worker, shard, until < length))

    def hand_out(worker, now):
        if waiting:
            return start(worker, waiting.pop(), now)
        if twice:
            alone = [shard for shard, workers in running.items() if len(workers) == 1 and worker not in workers]
            if alone:
                return start(worker, min(alone), now)
        idle.append(worker)

    while len(done) < shards:
        now, worker, shard, failed = heapq.heappop(events)
        if shard is None:
            hand_out(worker, now)
            continue
        running.get(shard, set()).discard(worker)
        if failed:
            if shard not in done and not running.get(shard):
                waiting.append(shard)
                if idle:
                    start(idle.pop(), waiting.pop(), now)
            heapq.heappush(events, (now + given.absence, worker, None, False))
            continue
        done.add(shard)
        running.pop(shard, None)
        hand_out(worker, now)
    return now, begun


def text(seconds):
    return f"{seconds / 3600:.2f} h" if seconds > 3600 else f"{seconds:.0f} s"


def main():
    given = arguments()
    ideal = given.rows / given.rate / given.workers
    print(f"{given.rows:.3g} rows, {given.workers} workers of {given.rate:.3g} rows/s: {text(ideal)} if all were alike and none failed\n")
    print("| shards | rows of each | a shard takes | all done after | of the ideal | begun again | merge |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for shards in sorted({given.workers, 4 * given.workers, given.shards}):
        end, begun = run(given, shards, given.twice)
        length = given.rows / shards / given.rate
        again = (begun - shards) / shards
        print(
            f"| {shards:,} | {given.rows / shards:.3g} | {text(length)} | {text(end)} | {end / ideal:.2f} | {again:.1%} "
            f"| {text(shards * given.merge)} |"
        )


if __name__ == "__main__":
    main()
