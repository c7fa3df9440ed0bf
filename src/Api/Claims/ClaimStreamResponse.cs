using System.Threading.Channels;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Options;
using TreasureHunt.Contracts.Commands;
using TreasureHunt.Platform.Authentication;

namespace TreasureHunt.Api.Claims;

/// <summary>
/// The response of a claim stream. Lines that have arrived together are submitted together; their answers are written when all of them
/// are decided, and after the answers to all earlier lines. While <see cref="MaxUnansweredLines"/> lines have no answer, no more are read.
/// </summary>
/// <remarks>
/// The stream ends when the caller has sent its last line, when it sends nothing for <see cref="ClaimStreamEnd.IdleTimeout"/>, when its
/// token expires, or when the host stops. Lines that have arrived by then are answered: those that are not submitted get a problem. When
/// the connection breaks, submitted lines are decided all the same, and the caller sends all lines without an answer again.
/// </remarks>
/// <param name="permit">Released when the stream ends.</param>
public sealed class ClaimStreamResponse(
    ClaimLineHandler handler, ClaimingCaller caller, IDisposable permit, TimeProvider timeProvider, IHostApplicationLifetime lifetime)
    : IResult, IDisposable
{
    /// <summary>Lines that are read and not answered; the answers that the caller does not read count too.</summary>
    public const int MaxUnansweredLines = 2_000;

    /// <summary>
    /// How long a line waits for its outcome; then its answer is that it is pending. A host that stops still answers all lines in its time.
    /// </summary>
    private static readonly TimeSpan OutcomeTimeout = TimeSpan.FromSeconds(20);

    // Pieces of the stream whose answers are not written, in the order of their lines.
    private readonly Channel<Task<IReadOnlyList<ClaimResult>>> _pieces =
        Channel.CreateUnbounded<Task<IReadOnlyList<ClaimResult>>>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });

    private readonly SemaphoreSlim _room = new(MaxUnansweredLines);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted);
        try
        {
            await StartAsync(httpContext);
            using var end = new ClaimStreamEnd(
                httpContext.Request.BodyReader, httpContext.TokenEnd(), () => _room.CurrentCount < MaxUnansweredLines - 1, timeProvider,
                lifetime.ApplicationStopping);
            var reading = ReadAsync(httpContext, end, ended.Token);
            try
            {
                await WriteAsync(httpContext, ended.Token);
            }
            finally
            {
                // Without a writer the reader would wait for room.
                await ended.CancelAsync();
                await reading;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The connection is broken, or the caller does not speak HTTP. Waits for outcomes end, too.
            httpContext.Abort();
        }
        finally
        {
            // The request ends after its last submission, which uses its context.
            while (_pieces.Reader.TryRead(out var piece))
            {
                await ((Task)piece).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            permit.Dispose();
            Dispose();
        }
    }

    public void Dispose() => _room.Dispose();

    private static async Task StartAsync(HttpContext http)
    {
        // A caller may be silent. The other direction keeps its rate: it ends a stream whose caller does not read its answers.
        if (http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
        {
            rate.MinDataRate = null;
        }

        http.Response.ContentType = ClaimList.Ndjson;
        http.Response.Headers.CacheControl = "no-store";
        // The response may end before the request.
        http.Response.Headers.Connection = "close";
        await http.Response.StartAsync(http.RequestAborted);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private async Task ReadAsync(HttpContext http, ClaimStreamEnd end, CancellationToken cancellationToken)
    {
        try
        {
            var (body, lines) = (http.Request.BodyReader, new NdjsonReader());
            for (var isLast = false; !isLast;)
            {
                // One place is taken here and the others below, so that a piece has at least one line.
                await _room.WaitAsync(cancellationToken);
                if (await end.ReadAsync(cancellationToken) is not { } read)
                {
                    break;
                }

                var (piece, closing, buffer) = (new List<ClaimLine>(), end.Problem, read.Buffer);
                var most = Math.Min(ClaimRules.MaxClaims, _room.CurrentCount + 1);
                while (piece.Count < most && lines.Read(ref buffer, read.IsCompleted) is { } line)
                {
                    piece.Add(line);
                }

                isLast = piece.Count < most && (read.IsCompleted || closing is not null);
                // What follows a full piece is read at once, other bytes when more have arrived.
                body.AdvanceTo(buffer.Start, piece.Count < most ? buffer.End : buffer.Start);
                if (piece.Count == 0)
                {
                    _room.Release();
                    continue;
                }

                for (var taken = 1; taken < piece.Count; taken++)
                {
                    await _room.WaitAsync(cancellationToken);
                }

                await _pieces.Writer.WriteAsync(
                    closing is null ? SubmitAsync(http, piece)
                        : Task.FromResult<IReadOnlyList<ClaimResult>>([.. piece.Select(_ => ClaimResult.Refused(closing))]),
                    cancellationToken);
            }

            _pieces.Writer.Complete();
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            _pieces.Writer.Complete(exception);
        }
    }

    private async Task<IReadOnlyList<ClaimResult>> SubmitAsync(HttpContext http, IReadOnlyList<ClaimLine> piece) =>
        (await handler.SubmitAsync(http, caller, piece, OutcomeTimeout, isStream: true)).Results;

    private async Task WriteAsync(HttpContext http, CancellationToken cancellationToken)
    {
        var json = http.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var line = 0L;
        await foreach (var piece in _pieces.Reader.ReadAllAsync(cancellationToken))
        {
            var results = await piece;
            ClaimLinesResult.WriteLines(
                http.Response.BodyWriter, [.. results.Select(result => ClaimLineResponse.Of(++line, result))], json);
            await http.Response.BodyWriter.FlushAsync(cancellationToken);
            _room.Release(results.Count);
        }
    }
}
