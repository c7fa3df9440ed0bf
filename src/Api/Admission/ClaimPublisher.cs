using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Batching;
using TreasureHunt.Platform.Messaging;
using TreasureHunt.Platform.Telemetry;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Admission;

/// <summary>
/// Puts claims onto the bus: a line for each shard, and whatever waits in it goes out as one message. A claim is accepted
/// once the broker has confirmed that message, not before.
/// </summary>
public sealed class ClaimPublisher : IAsyncDisposable
{
    /// <summary>Claims that may wait in one shard's line; beyond that the caller is better off trying again.</summary>
    public const int Capacity = 4096;

    /// <summary>For each claim of a message, so much longer the next message gathers.</summary>
    private static readonly TimeSpan LingerPerClaim = TimeSpan.FromMilliseconds(1);

    /// <summary>Longest wait for the broker's confirmation. A publish can hang for ever after a broker restart.</summary>
    private static readonly TimeSpan ConfirmTimeout = TimeSpan.FromSeconds(5);

    /// <summary>How long a message without confirmation speaks against the broker, when no other is sent.</summary>
    private static readonly TimeSpan UnconfirmedThreshold = TimeSpan.FromSeconds(10);

    private static readonly Histogram<int> Batch = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_intake_batch_claims",
        description: "Claims sent in one message",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });

    private readonly IBus _bus;
    private readonly PendingClaims _pending;
    private readonly UndecidedClaims _undecided;
    private readonly OutcomeReplies _replies;
    private readonly GroupCommit<PendingPublish>[] _lines;
    private readonly TimeProvider _timeProvider;
    private long _silentAt;

    public ClaimPublisher(
        IBus bus, PendingClaims pending, UndecidedClaims undecided, OutcomeReplies replies, ShardOptions options, TimeProvider timeProvider)
    {
        (_bus, _pending, _undecided, _replies, _timeProvider) = (bus, pending, undecided, replies, timeProvider);
        _lines = Enumerable.Range(0, options.Count)
            .Select(shard =>
                new GroupCommit<PendingPublish>(
                    Capacity, ClaimRules.MaxClaims, LingerPerClaim, timeProvider, entries => SendAsync(shard, entries)))
            .ToArray();
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_intake_waiting", () => _lines.Sum(line => line.Waiting), description: "Claims waiting to be sent");
    }

    /// <summary>Whether the broker left a message unconfirmed in the last ten seconds and has confirmed none since.</summary>
    public bool IsBrokerUnresponsive =>
        Volatile.Read(ref _silentAt) is not 0 and var since && _timeProvider.GetElapsedTime(since) < UnconfirmedThreshold;

    /// <summary>
    /// Takes a claim in. Ends when it is safe on the bus, with null, or with the outcome that it has already; fails when the
    /// broker did not confirm in time, and then nobody knows whether it was accepted.
    /// </summary>
    /// <param name="wantsReply">Whether the worker should answer to <see cref="PendingOutcomes"/>.</param>
    /// <returns>Null when the line is full: nothing was recorded.</returns>
    public Task<ClaimView?>? TryAcceptAsync(AcceptedClaim claim, bool wantsReply)
    {
        var entry = new PendingPublish(claim, wantsReply);
        return _lines[Ids.ShardOf(claim.TreasureId, _lines.Length)].TryAdd(entry, out var sent) ? KnownAsync(entry, sent) : null;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var line in _lines)
        {
            await line.DisposeAsync();
        }
    }

    private async Task<ClaimView?> KnownAsync(PendingPublish entry, Task sent)
    {
        // A claim that had to wait in line behind a message without confirmation has that much less time for its own.
        await sent.WaitAsync(ConfirmTimeout, _timeProvider);
        return entry.Decided;
    }

    // The marks travel while the broker writes. A claim that turns out to be decided already goes out once more for nothing,
    // which is cheaper than making every claim wait for both in turn.
    private async Task SendAsync(int shard, IReadOnlyList<PendingPublish> entries)
    {
        var since = Stopwatch.GetTimestamp();
        var claims = entries.Select(entry => entry.Claim).ToList();
        var marked = _pending.MarkAsync(claims, entries.Where(entry => !entry.WantsReply).Select(entry => entry.Claim.ClaimId).ToHashSet());
        await PublishAsync(shard, new ClaimTreasures(claims), entries.Any(entry => entry.WantsReply));
        _undecided.Accepted(shard, claims[^1]);
        Stages.Mark("confirm", since);
        var decided = await marked;
        Stages.Mark("accept", since);
        foreach (var entry in entries)
        {
            entry.Decided = decided.GetValueOrDefault(entry.Claim.ClaimId);
        }
    }

    private async Task PublishAsync(int shard, ClaimTreasures message, bool wantsReply)
    {
        Batch.Record(message.Claims.Count);
        using var deadline = new CancellationTokenSource(ConfirmTimeout);
        try
        {
            var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{BusNames.Shard(shard)}"));
            await endpoint.Send(message, send => send.ResponseAddress = wantsReply ? _replies.Address : null, deadline.Token).WaitAsync(
                ConfirmTimeout);
            Volatile.Write(ref _silentAt, 0);
        }
        catch
        {
            Volatile.Write(ref _silentAt, _timeProvider.GetTimestamp());
            throw;
        }
    }

    private sealed class PendingPublish(AcceptedClaim claim, bool wantsReply)
    {
        public AcceptedClaim Claim { get; } = claim;

        public bool WantsReply { get; } = wantsReply;

        public ClaimView? Decided { get; set; }
    }
}
