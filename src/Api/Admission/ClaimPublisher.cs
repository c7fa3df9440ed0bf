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
/// Sends claims to the queues of their shards. All claims of a shard that wait go out as one message. A claim is accepted when the broker
/// has confirmed its message, not before.
/// </summary>
public sealed class ClaimPublisher : IAsyncDisposable
{
    /// <summary>How long the broker counts as unresponsive after a message without confirmation, when no other message is sent.</summary>
    private static readonly TimeSpan UnresponsiveTtl = TimeSpan.FromSeconds(10);

    /// <summary>
    /// The worker replies to a message of so many claims although no caller waits for them. Such messages are sent when many claims arrive,
    /// and without the reply the Api would accept more claims than the worker decides. A reply to each small message would cost too much.
    /// </summary>
    private const int MinAnsweredClaims = 16;

    private static readonly Histogram<int> ClaimsPerMessage = HuntTelemetry.Meter.CreateHistogram(
        "treasurehunt_intake_batch_claims",
        description: "Claims sent in one message",
        advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = [1, 2, 5, 10, 20, 50, 100, 200, 500] });

    private readonly IBus _bus;
    private readonly PendingClaimStore _pending;
    private readonly ClaimStallDetector _undecided;
    private readonly OutcomeReplies _replies;
    private readonly PendingOutcomes _outcomes;
    private readonly SendPause _pause;
    private readonly TimeSpan _confirmTimeout;
    private readonly GroupCommit<UnsentClaim>[] _shards;
    private readonly TimeProvider _timeProvider;
    private long _unconfirmedAt;

    public ClaimPublisher(
        IBus bus, PendingClaimStore pending, ClaimStallDetector undecided, OutcomeReplies replies, PendingOutcomes outcomes,
        AdmissionOptions options, ShardOptions shards, TimeProvider timeProvider)
    {
        (_bus, _pending, _undecided, _replies, _outcomes, _timeProvider) = (bus, pending, undecided, replies, outcomes, timeProvider);
        _pause = new SendPause(timeProvider);
        _confirmTimeout = options.ConfirmTimeout;
        _shards = Enumerable.Range(0, shards.Count)
            .Select(shard => new GroupCommit<UnsentClaim>(
                options.MaxUnsentClaims, ClaimRules.MaxClaims, claims => SendAsync(shard, claims), PauseAsync))
            .ToArray();
        HuntTelemetry.Meter.CreateObservableGauge(
            "treasurehunt_intake_waiting", () => _shards.Sum(shard => shard.Waiting), description: "Claims waiting to be sent");
    }

    /// <summary>Whether the broker left a message unconfirmed in the last ten seconds and has confirmed none since.</summary>
    public bool IsBrokerUnresponsive =>
        Volatile.Read(ref _unconfirmedAt) is not 0 and var since && _timeProvider.GetElapsedTime(since) < UnresponsiveTtl;

    /// <summary>The shard of a claim.</summary>
    public int ShardOf(UnsentClaim claim) => Ids.ShardOf(claim.Claim.TreasureId, _shards.Length);

    /// <summary>
    /// Sends claims of one shard in one message. The task completes when the broker has confirmed them; then each claim has its
    /// <see cref="UnsentClaim.EarlierOutcome"/>. It fails when the broker does not confirm in time: then it is unknown whether the claims
    /// were accepted.
    /// </summary>
    /// <param name="claims">1 to <see cref="ClaimRules.MaxClaims"/> claims of one shard.</param>
    /// <returns>Null when <see cref="AdmissionOptions.MaxUnsentClaims"/> is reached: nothing was recorded.</returns>
    public Task? TryPublishAsync(IReadOnlyList<UnsentClaim> claims) =>
        // The time that the claims waited to be sent is part of their timeout.
        _shards[ShardOf(claims[0])].TryAdd(claims, out var sent) ? sent.WaitAsync(_confirmTimeout, _timeProvider) : null;

    public async ValueTask DisposeAsync()
    {
        foreach (var shard in _shards)
        {
            await shard.DisposeAsync();
        }
    }

    // Marks the claims as pending while the broker writes. A claim that turns out to be decided was then sent once more without need,
    // which costs less than both steps one after the other for every claim.
    private async Task SendAsync(int shard, IReadOnlyList<UnsentClaim> unsent)
    {
        var since = Stopwatch.GetTimestamp();
        var claims = unsent.Select(entry => entry.Claim).ToList();
        var marked = _pending.MarkAsync(claims, unsent.Where(entry => !entry.WantsReply).Select(entry => entry.Claim.ClaimId).ToHashSet());
        var wantsReply = unsent.Any(entry => entry.WantsReply);
        if (!wantsReply && claims.Count >= MinAnsweredClaims)
        {
            unsent[^1].OutcomeForPause = _outcomes.Register([claims[^1].ClaimId], isLimited: false);
        }

        await PublishAsync(shard, new ClaimTreasures(claims), wantsReply || unsent[^1].OutcomeForPause is not null);
        _undecided.AddSample(shard, claims[^1]);
        StageDurations.Mark("confirm", since);
        var decided = await marked;
        StageDurations.Mark("accept", since);
        foreach (var entry in unsent)
        {
            entry.EarlierOutcome = decided.GetValueOrDefault(entry.Claim.ClaimId);
        }
    }

    private async Task PauseAsync(IReadOnlyList<UnsentClaim> sent)
    {
        await _pause.AfterAsync(sent);
        sent[^1].OutcomeForPause?.Dispose();
    }

    private async Task PublishAsync(int shard, ClaimTreasures message, bool wantsReply)
    {
        ClaimsPerMessage.Record(message.Claims.Count);
        using var timeout = new CancellationTokenSource(_confirmTimeout);
        try
        {
            var endpoint = await _bus.GetSendEndpoint(new Uri($"exchange:{BusNames.Shard(shard)}"));
            // After a restart of the broker, a publish can hang without end and ignore its token.
            await endpoint.Send(message, send => send.ResponseAddress = wantsReply ? _replies.Address : null, timeout.Token).WaitAsync(
                _confirmTimeout);
            Volatile.Write(ref _unconfirmedAt, 0);
        }
        catch
        {
            Volatile.Write(ref _unconfirmedAt, _timeProvider.GetTimestamp());
            throw;
        }
    }
}
