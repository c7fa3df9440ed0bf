using System.Net;
using TreasureHunt.LoadGenerator.Http;
using TreasureHunt.LoadGenerator.Measuring;
using TreasureHunt.LoadGenerator.Tokens;

namespace TreasureHunt.LoadGenerator.Load;

/// <summary>
/// Storefronts that send the claims of a scenario in pieces, in a closed loop: each sends its next piece after the answers to its last
/// one, or on a stream after the answers to the oldest of its last few.
/// </summary>
public sealed class StorefrontLoad(IPEndPoint site, TokenFactory tokens, TimeProvider timeProvider)
{
    /// <summary>Storefronts, each with a connection: enough for the rate limits, and fewer than the edge proxy takes.</summary>
    private const int Storefronts = 16;

    /// <summary>Pieces of a stream that have no answers.</summary>
    private const int MaxUnanswered = 4;

    private const int MaxReplyBytes = 512 * 1024;

    private readonly string[] _tokens =
        [.. Enumerable.Range(0, Storefronts).Select(storefront => tokens.Storefront(ClaimPiece.PrefixOf(storefront)))];

    public async Task<CallTally> ClosedAsync(Scenario scenario, string run, int seed, TimeSpan duration)
    {
        var start = timeProvider.GetTimestamp();
        var sent = 0L;
        var tallies = await Task.WhenAll(Enumerable.Range(0, Storefronts).Select(storefront => Task.Run(async () =>
        {
            var tally = new CallTally(scenario.Treasures);
            await (scenario.IsStream ? StreamAsync(_tokens[storefront], Next, tally) : PostAsync(_tokens[storefront], Next, tally));
            return tally;

            ClaimPiece? Next() => timeProvider.GetElapsedTime(start) >= duration ? null
                : new ClaimPiece(
                    scenario, run, seed, storefront, Interlocked.Add(ref sent, scenario.Lines) - scenario.Lines,
                    timeProvider.GetTimestamp());
        })));
        return CallTally.Sum(tallies, timeProvider.GetElapsedTime(start));
    }

    private async Task PostAsync(string bearer, Func<ClaimPiece?> next, CallTally tally)
    {
        using var connection = new HttpConnection(site, MaxReplyBytes);
        while (next() is { } piece)
        {
            var reply = await connection.SendAsync(piece.ToRequest(bearer), CancellationToken.None);
            var rest = reply.Body;
            for (var line = 0; line < piece.Lines; line++)
            {
                var end = reply.Status == 200 ? rest.Span.IndexOf((byte)'\n') : -1;
                Record(tally, piece, line, end >= 0 ? ClaimPiece.AnswerOf(rest[..end]) : new HttpReply(reply.Status, default));
                rest = rest[(end + 1)..];
            }
        }
    }

    private async Task StreamAsync(string bearer, Func<ClaimPiece?> next, CallTally tally)
    {
        using var stream = await ClaimStreamConnection.OpenAsync(site, bearer);
        var unanswered = new Queue<ClaimPiece>();
        do
        {
            while (unanswered.Count < MaxUnanswered && next() is { } piece)
            {
                unanswered.Enqueue(piece);
                await stream.SendAsync(piece.ToLines());
            }

            if (unanswered.TryDequeue(out var oldest))
            {
                for (var line = 0; line < oldest.Lines; line++)
                {
                    Record(tally, oldest, line, ClaimPiece.AnswerOf(await stream.ReadLineAsync()));
                }
            }
        }
        while (unanswered.Count > 0);
    }

    private void Record(CallTally tally, ClaimPiece piece, int line, HttpReply reply) =>
        tally.Record(reply, piece.TreasureOf(line), claims: true, timeProvider.GetElapsedTime(piece.SentAt));
}
