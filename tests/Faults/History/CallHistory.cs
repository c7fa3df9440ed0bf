using System.Text.Json;
using System.Text.Json.Serialization;
using TreasureHunt.Cli.Audit;
using TreasureHunt.InvariantChecker;

namespace TreasureHunt.Faults.History;

/// <summary>
/// Records all calls of a run. Times count from the creation of the history, on a monotonic clock. Clients use it concurrently.
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
    private readonly Dictionary<int, StartedCall> _open = [];
    private readonly List<Call> _ended = [];
    private int _started;

    /// <summary>Time since the start of the run.</summary>
    public TimeSpan Now => timeProvider.GetElapsedTime(_start);

    /// <summary>Records a call before its request is sent.</summary>
    /// <param name="claimId">The claim that the call sends or reads.</param>
    public StartedCall Begin(int client, CallKind kind, string resource, string player, Guid? claimId = null, bool isProofCorrect = true)
    {
        lock (_lock)
        {
            var sent = new StartedCall(++_started, client, kind, resource, player, claimId, Now, isProofCorrect);
            _open[sent.Number] = sent;
            return sent;
        }
    }

    /// <summary>Records the complete answer, or its absence.</summary>
    /// <param name="status">0 without an answer.</param>
    /// <param name="sequence">The header <c>Hunt-Sequence</c>.</param>
    public Call End(StartedCall sent, int status = 0, string? sequence = null, string text = "")
    {
        var call = Call.Of(sent, Now, status, sequence, text);
        lock (_lock)
        {
            _open.Remove(sent.Number);
            _ended.Add(call);
        }

        return call;
    }

    /// <summary>All calls in the order of their start. A call in progress counts as one without an answer.</summary>
    public IReadOnlyList<Call> Calls()
    {
        lock (_lock)
        {
            var now = Now;
            return [.. _ended.Concat(_open.Values.Select(sent => Call.Of(sent, now))).OrderBy(call => call.Number)];
        }
    }

    /// <summary>The answers about each claim.</summary>
    public IReadOnlyList<ClaimObservation> Observations() => History.Promises.Of(Calls());

    /// <summary>Writes one line of JSON for each call.</summary>
    public void Write(string path) => File.WriteAllLines(path, Calls().Select(call => JsonSerializer.Serialize(call, Json)));
}
