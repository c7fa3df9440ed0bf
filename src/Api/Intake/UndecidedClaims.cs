namespace TreasureHunt.Api;

/// <summary>
/// Whether decisions stand still, as far as an Api can see: it keeps a sample of the claims that the broker took, and asks the read
/// models for them while they are old. Outcomes that come are proof of decisions; claims that wait for half a minute, with none
/// decided after them, are the opposite.
/// </summary>
/// <param name="isDecided">Reads whether a claim has an outcome.</param>
public sealed class UndecidedClaims(Func<Guid, CancellationToken, Task<bool>> isDecided, TimeProvider timeProvider)
{
    /// <summary>A sampled claim without an outcome for so long, and none after it with one, means that decisions stand still.</summary>
    public static readonly TimeSpan Threshold = TimeSpan.FromSeconds(30);

    /// <summary>Between two samples; a younger claim is not asked for.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>A claim that is not decided after so long speaks for itself alone: it may have become a dead letter.</summary>
    private static readonly TimeSpan GiveUpAfter = TimeSpan.FromMinutes(10);

    private const int MaxSamples = 12;

    private readonly Lock _lock = new();
    private readonly List<(Guid ClaimId, long At)> _samples = [];

    /// <summary>Whether decisions stood still at the last look.</summary>
    public bool StandsStill { get; private set; }

    /// <summary>The broker took a claim. Most of them are not sampled.</summary>
    public void Accepted(Guid claimId)
    {
        lock (_lock)
        {
            var now = timeProvider.GetTimestamp();
            if (_samples.Count > 0 && timeProvider.GetElapsedTime(_samples[^1].At, now) < Interval)
            {
                return;
            }

            if (_samples.Count == MaxSamples)
            {
                // The oldest tells since when, the latest whether it is over.
                _samples.RemoveAt(1);
            }

            _samples.Add((claimId, now));
        }
    }

    /// <summary>Asks for the samples that are old enough.</summary>
    public async Task Look(CancellationToken cancellationToken)
    {
        List<(Guid ClaimId, long At)> old;
        lock (_lock)
        {
            _samples.RemoveAll(sample => timeProvider.GetElapsedTime(sample.At) > GiveUpAfter);
            old = _samples.FindAll(sample => timeProvider.GetElapsedTime(sample.At) >= Interval);
        }

        // The latest first: one that is decided settles all before it.
        for (var n = old.Count - 1; n >= 0; n--)
        {
            if (await isDecided(old[n].ClaimId, cancellationToken))
            {
                lock (_lock)
                {
                    _samples.RemoveAll(sample => sample.At <= old[n].At);
                }

                break;
            }
        }

        lock (_lock)
        {
            StandsStill = _samples.Count > 0 && timeProvider.GetElapsedTime(_samples[0].At) >= Threshold;
        }
    }
}
