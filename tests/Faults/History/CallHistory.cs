using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Cli.Audit;

namespace TreasureHunt.Faults.History;

/// <summary>
/// Every call of a run, as its clients saw it. Its clock begins with it and never jumps. Clients use it at the same time.
/// </summary>
public sealed class CallHistory(TimeProvider timeProvider)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    private readonly long _start = timeProvider.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly Dictionary<int, Sent> _open = [];
    private readonly List<Call> _ended = [];
    private int _begun;

    /// <summary>Time since the run's start.</summary>
    public TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>To be called before anything is sent.</summary>
    /// <param name="claimId">Of a claim, and of the question for its outcome.</param>
    public Sent Begin(int client, CallKind kind, string resource, string player, Guid? claimId = null, bool proofRight = true)
    {
        lock (_lock)
        {
            var sent = new Sent(++_begun, client, kind, resource, player, claimId, Now, proofRight);
            _open[sent.Number] = sent;
            return sent;
        }
    }

    /// <summary>To be called when the whole answer is there, or none will come.</summary>
    /// <param name="status">0 without an answer.</param>
    /// <param name="sequence">The header <c>Hunt-Sequence</c>.</param>
    public Call End(Sent sent, int status = 0, string? sequence = null, string text = "")
    {
        var call = Call.Of(sent, Now, status, sequence, text);
        lock (_lock)
        {
            _open.Remove(sent.Number);
            _ended.Add(call);
        }

        return call;
    }

    /// <summary>All calls in the order in which they were begun. One that is still open has had no answer up to now.</summary>
    public IReadOnlyList<Call> Calls()
    {
        lock (_lock)
        {
            var now = Now;
            return [.. _ended.Concat(_open.Values.Select(sent => Call.Of(sent, now))).OrderBy(call => call.Number)];
        }
    }

    /// <summary>What was told about each claim.</summary>
    public IReadOnlyList<Promise> Promises() => History.Promises.Of(Calls());

    /// <summary>Writes one call a line, as JSON.</summary>
    public void Write(string path) => File.WriteAllLines(path, Calls().Select(call => JsonSerializer.Serialize(call, Json)));
}
