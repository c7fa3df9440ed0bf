using System.Collections.Concurrent;
using System.Globalization;
using TreasureHunt.Integration.Harness;

namespace TreasureHunt.Integration.Replays;

/// <summary>Polls one Api and records every response that contradicts an earlier one.</summary>
internal sealed class PollingReader(Engine engine, string api, string huntId, string treasureId, Guid claimId)
{
    private readonly ConcurrentDictionary<string, long> _seen = new();

    public ConcurrentBag<string> Errors { get; } = [];

    public int Answers { get; private set; }

    public async Task Read(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            foreach (var path in (string[])[$"/v1/treasures/{treasureId}", $"/v1/hunts/{huntId}", $"/v1/claims/{claimId}"])
            {
                var answer = await engine.Player("early", api).Get(path);
                if (answer.Problem == "200")
                {
                    var sequence = long.Parse(answer.Headers["Hunt-Sequence"], CultureInfo.InvariantCulture);
                    if (sequence < _seen.GetValueOrDefault(path))
                    {
                        Errors.Add($"{path} returned an older state: from {_seen[path]} to {sequence}");
                    }

                    _seen[path] = sequence;
                    Answers++;
                }
                else if (answer.Problem != "503 read-model-unavailable")
                {
                    Errors.Add($"{path}: {answer}");
                }
            }
        }
    }
}
