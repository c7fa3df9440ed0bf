using CsCheck;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Contracts.Events;
using Xunit;
using static TreasureHunt.Specs.TestClock;

namespace TreasureHunt.Specs.Claims;

/// <summary>
/// Several workers without locks, deliveries that reach more than one worker, and concurrent admin commands. The invariants hold
/// for every order of reads and commits.
/// </summary>
public class ConcurrentDecisionProperties
{
    private const int Workers = 3;

    [Fact]
    public void Concurrent_workers_break_no_invariant_in_any_order() => Gen.Select(
        RandomHunts.Histories,
        Gen.Select(RandomHunts.Claims, Gen.Int[1, 9].Array[1, 8]),
        Gen.Select(Gen.Int[0, Workers - 1], Gen.Int[0, Workers - 1]).Array[1, 20],
        Gen.Int[0, Workers].Array[0, 120],
        RandomHunts.AdminSteps).Sample((hunt, sent, routes, turns, steps) =>
        {
            var ledger = new Ledger();
            ledger.Record(hunt);
            var (claims, sizes) = sent;
            var workers = Enumerable.Range(0, Workers).Select(_ => new RacingWorker(ledger)).ToList();
            foreach (var (n, batch) in RandomHunts.InBatches(claims, sizes).Index())
            {
                // When both routes name the same worker, it gets one delivery.
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
                    RandomHunts.Administer(ledger, step);
                }
            }

            while (workers.Any(worker => worker.IsBusy))
            {
                workers.ForEach(worker => worker.Step());
            }

            var invariants = LedgerInvariants.Audit(ledger.Entries);
            invariants.HasDecided(claims.Select(claim => claim.ClaimId));
            invariants.HasDensePlaces();
            Assert.All(
                workers.SelectMany(worker => worker.Outcomes), outcome => Assert.Equal(invariants.Outcomes[outcome.ClaimId], outcome));
        });

    /// <summary>Reads in one step and commits in the next one. After a conflict it reads again.</summary>
    private sealed class RacingWorker(Ledger ledger)
    {
        private readonly Queue<AcceptedClaim[]> _waiting = [];
        private DecisionAttempt? _attempt;

        public List<Contracts.Events.IClaimEvent> Outcomes { get; } = [];

        public bool IsBusy => _waiting.Count > 0;

        public void Deliver(AcceptedClaim[] batch) => _waiting.Enqueue(batch);

        public void Step()
        {
            if (!IsBusy)
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
                Outcomes.AddRange(_attempt.Outcomes);
            }

            _attempt = null;
        }
    }
}
