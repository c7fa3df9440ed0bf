using System.Buffers;
using System.Text.RegularExpressions;
using TreasureHunt.Faults.History;

namespace TreasureHunt.Faults.Checking;

/// <summary>14: no answer names another player, and neither an answer nor a log line holds a secret.</summary>
public static partial class SecrecyRule
{
    public const string Stranger = "otherPlayerNamed";
    public const string Secret = "secretExposed";

    public static IEnumerable<Violation> Check(Evidence evidence)
    {
        var players = evidence.Calls.Select(call => call.Player).ToHashSet();
        var secrets = SearchValues.Create([.. evidence.Secrets.Where(secret => secret.Length > 0)], StringComparison.Ordinal);
        foreach (var call in evidence.Calls)
        {
            if (call.Text.AsSpan().ContainsAny(secrets))
            {
                yield return new Violation(14, Secret, $"the answer of call {call.Number}", call.ClaimId, call.Resource);
            }

            if (Others(call, players) is { } other)
            {
                yield return new Violation(
                    14, Stranger, $"the answer of call {call.Number} by {call.Player} names {other}", call.ClaimId, call.Resource);
            }
        }

        // A report must not repeat the secret, so it names the line by number only.
        foreach (var (number, line) in evidence.Output.Index().Where(line => line.Item.AsSpan().ContainsAny(secrets)))
        {
            yield return new Violation(14, Secret, $"line {number + 1} of the hosts' logs");
        }
    }

    // Compares whole words: player-10 does not contain player-1.
    private static string? Others(Call call, HashSet<string> players)
    {
        var known = players.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var match in Words().EnumerateMatches(call.Text))
        {
            var word = call.Text.AsSpan(match.Index, match.Length);
            if (known.Contains(word) && !word.SequenceEqual(call.Player))
            {
                return word.ToString();
            }
        }

        return null;
    }

    [GeneratedRegex("[A-Za-z0-9._:-]+")]
    private static partial Regex Words();
}
