using CsCheck;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// Several workers that all believe they are alone, some deliveries given to more than one of them, and an admin in
/// between. Whatever the order in which they read and commit, the log stays sound.
/// </summary>
public class RaceProperties
{
    private const int Workers = 3;

    [Fact]
    public void However_workers_overtake_each_other_the_log_is_sound() => Gen.Select(
        RandomSales.Hunts,
        Gen.Select(RandomSales.Claims, Gen.Int[1, 9].Array[1, 8]),
        Gen.Select(Gen.Int[0, Workers - 1], Gen.Int[0, Workers - 1]).Array[1, 20],
        Gen.Int[0, Workers].Array[0, 120],
        RandomSales.AdminSteps).Sample((hunt, sent, routes, turns, steps) =>
        {
            var ledger = new Ledger();
            ledger.Record(hunt);
            var (claims, sizes) = sent;
            var workers = Enumerable.Range(0, Workers).Select(_ => new RacingWorker(ledger)).ToList();
            foreach (var (n, batch) in RandomSales.Cut(claims, sizes).Index())
            {
                // When the two are the same worker, it gets one delivery; else both get it.
                var (one, other) = routes[n % routes.Length];
                new[] { one, other }.Distinct().ToList().ForEach(worker => workers[worker].Deliver(batch));
            }

            var admin = new Queue<(string, string, int)>(steps);
            foreach (var turn in turns)
            {
                if (turn < Workers)
                {
                    workers[turn].Step();
                }
                else if (admin.TryDequeue(out var step))
                {
                    RandomSales.Administer(ledger, step);
                }
            }

            while (workers.Any(worker => worker.Busy))
            {
                workers.ForEach(worker => worker.Step());
            }

            var auditor = LedgerInvariants.Audit(ledger.Log);
            auditor.HasDecided(claims.Select(claim => claim.ClaimId));
            auditor.HasDensePlaces();
            Assert.All(workers.SelectMany(worker => worker.Told), told => Assert.Equal(auditor.Outcomes[told.ClaimId], told));
        });

    /// <summary>Reads in one step and commits in the next, so that anything may happen between; after a conflict it reads again.</summary>
    private sealed class RacingWorker(Ledger ledger)
    {
        private readonly Queue<AcceptedClaim[]> _waiting = [];
        private Attempt? _attempt;

        public List<Contracts.Events.IClaimEvent> Told { get; } = [];

        public bool Busy => _waiting.Count > 0;

        public void Deliver(AcceptedClaim[] batch) => _waiting.Enqueue(batch);

        public void Step()
        {
            if (!Busy)
            {
                return;
            }

            if (_attempt is null)
            {
                _attempt = ledger.Read(_waiting.Peek());
                return;
            }

            if (_attempt.TryCommit(At("18:45")))
            {
                _waiting.Dequeue();
                Told.AddRange(_attempt.Outcomes);
            }

            _attempt = null;
        }
    }
}
