using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TreasureHunt.Commands.Committing;
using TreasureHunt.Specs.Cli;
using Xunit;

namespace TreasureHunt.Specs.Claims;

/// <summary>The stop of a worker ends retries.</summary>
public class CommitCancellationSpecs
{
    [Fact]
    public async Task A_failure_while_the_worker_stops_is_a_cancellation()
    {
        using var stopping = new CancellationTokenSource();

        // Any other exception would move the claims to the error queue as malformed.
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Policy(new AutoAdvancingTime()).ExecuteAsync<string>(
            (_, _) =>
            {
                stopping.Cancel();
                throw Postgres("22021");
            },
            stopping.Token).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_stop_of_the_worker_between_retries_is_a_cancellation()
    {
        using var stopping = new CancellationTokenSource();
        var run = Policy(TimeProvider.System).ExecuteAsync<string>((_, _) => throw new NpgsqlException("gone"), stopping.Token);
        Assert.False(run.IsCompleted);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => run.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
    }

    private static CommitRetryPolicy Policy(TimeProvider timeProvider) => new(timeProvider, NullLogger<CommitRetryPolicy>.Instance);

    private static PostgresException Postgres(string sqlState) => new("failed", "ERROR", "ERROR", sqlState);
}
