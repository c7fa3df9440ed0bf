using System.IO.Pipelines;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Claims;

/// <summary>Decides when a claim stream ends before its caller has sent the last line, and reads its body until then.</summary>
public sealed class ClaimStreamEnd : IDisposable
{
    /// <summary>How long a caller may send nothing while all of its lines are answered; shorter than the edge proxy's timeouts.</summary>
    public static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(30);

    private readonly PipeReader _body;
    private readonly ITimer _idle;
    private readonly ITimer _expiry;
    private readonly CancellationTokenRegistration _stopping;
    private string? _problem;

    /// <param name="tokenEnd">When the caller's token ends; null when it has no end.</param>
    /// <param name="hasUnanswered">Whether lines wait for their answers: then the caller is not idle.</param>
    public ClaimStreamEnd(
        PipeReader body, DateTimeOffset? tokenEnd, Func<bool> hasUnanswered, TimeProvider timeProvider, CancellationToken stopping)
    {
        _body = body;
        _idle = timeProvider.CreateTimer(_ => OnIdle(hasUnanswered), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var left = tokenEnd is { } at ? TimeSpan.FromTicks(Math.Max(0, (at - timeProvider.GetUtcNow()).Ticks)) : Timeout.InfiniteTimeSpan;
        _expiry = timeProvider.CreateTimer(_ => End(ProblemNames.Unauthenticated), null, left, Timeout.InfiniteTimeSpan);
        _stopping = stopping.UnsafeRegister(_ => End(ProblemNames.Unavailable), null);
    }

    /// <summary>The problem of the lines that are not submitted; null while the stream goes on.</summary>
    public string? Problem => Volatile.Read(ref _problem);

    /// <summary>Reads bytes of the body. When the stream ends, it does not wait for more bytes.</summary>
    /// <returns>The bytes that have arrived; null when the stream ends and none have.</returns>
    public async ValueTask<ReadResult?> ReadAsync(CancellationToken cancellationToken)
    {
        if (Problem is not null)
        {
            return _body.TryRead(out var last) ? last : null;
        }

        _idle.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
        var read = await _body.ReadAsync(cancellationToken);
        _idle.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        return read;
    }

    public void Dispose()
    {
        _stopping.Dispose();
        _idle.Dispose();
        _expiry.Dispose();
    }

    private void OnIdle(Func<bool> hasUnanswered)
    {
        if (hasUnanswered())
        {
            _idle.Change(IdleTimeout, Timeout.InfiniteTimeSpan);
        }
        else
        {
            End(ProblemNames.RequestTimeout);
        }
    }

    private void End(string problem)
    {
        Interlocked.CompareExchange(ref _problem, problem, null);
        _body.CancelPendingRead();
    }
}
