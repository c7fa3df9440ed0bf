using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Hunts;

/// <summary>Hunts: the latest ones, one with its treasures, and its leaderboard.</summary>
public static class HuntEndpoints
{
    /// <summary>Hunts in the list at the most.</summary>
    private const int Listed = 100;

    /// <summary>Latest hunts that are looked at to fill the list: drafts and other secret ones take no place in it.</summary>
    private const int Considered = 1_000;

    public static void MapHunts(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/hunts", GetLatestAsync)
            .WithName("GetHunts")
            .WithSummary("The latest hunts, newest first")
            .WithDescription("At most 100 hunts, those that are public. With an administrator's token it is a preview: drafts too.")
            .Produces<HuntListResponse>()
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/hunts/{huntId}", GetAsync)
            .WithName("GetHunt")
            .WithSummary("A hunt with its treasures")
            .WithDescription(
                "Treasures show from the opening of the hunt on. With an administrator's token it is a preview: drafts and hidden treasures too.")
            .Produces<HuntResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        routes.MapGet("/hunts/{huntId}/leaderboard", GetLeaderboardAsync)
            .WithName("GetLeaderboard")
            .WithSummary("The players with the most awards")
            .WithDescription("Equal awards share a rank (1, 1, 3) and stand in the order of the player ids.")
            .Produces<LeaderboardResponse>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<IResult> GetLatestAsync(
        HttpContext http, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var isPreview = Preview.IsAllowed(http);
        var hunts = new List<ReadView<HuntView>>(Listed);
        foreach (var ids in (await readModels.LatestHuntsAsync(Considered, cancellationToken)).Chunk(Listed))
        {
            var read = await AllAsync(ids, id => readModels.HuntAsync(id, cancellationToken));
            hunts.AddRange(read.Where(hunt => isPreview || hunt.View.Window.IsPublicAt(now)).Take(Listed - hunts.Count));
            if (hunts.Count == Listed)
            {
                break;
            }
        }

        var lines = hunts.Select(hunt => new HuntListItem(hunt.View.HuntId, hunt.View.Name, StatusOf(hunt.View, now))).ToList();
        return new ReadResponse<HuntListResponse>(
            () => new HuntListResponse(lines), Newest(hunts), Oldest(hunts, now),
            Fingerprint(lines.Select(line => $"{line.HuntId} {line.Status}")), Preview.AudienceOf(http));
    }

    private static async Task<IResult> GetAsync(
        HttpContext http, string huntId, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return MalformedId();
        }

        var now = timeProvider.GetUtcNow();
        var isPreview = Preview.IsAllowed(http);
        if (await readModels.HuntAsync(huntId, cancellationToken) is not { } hunt || !(isPreview || hunt.View.Window.IsPublicAt(now)))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        var treasures = isPreview || TreasureResponse.IsPublic(hunt.View, now)
            ? await AllAsync(
                await readModels.TreasuresOfAsync(huntId, cancellationToken), id => readModels.TreasureAsync(id, cancellationToken))
            : [];
        var answer = new HuntResponse(
            hunt.View.HuntId,
            hunt.View.Name,
            StatusOf(hunt.View, now),
            hunt.View.Window.OpensAt,
            hunt.View.Window.ClosesAt,
            hunt.View.PlayerLimit,
            hunt.View.Window.AnnounceAt,
            treasures.Select(treasure => HuntTreasureItem.Of(treasure.View, hunt.View, now)).ToList());
        return new ReadResponse<HuntResponse>(
            () => answer,
            Math.Max(hunt.Sequence, Newest(treasures)),
            Oldest(treasures, hunt.TakenAt),
            Fingerprint(answer.Treasures.Select(line => $"{line.Status}{line.Remaining}").Prepend(answer.Status)),
            Preview.AudienceOf(http));
    }

    private static async Task<IResult> GetLeaderboardAsync(
        HttpContext http, string huntId, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken,
        [Range(1, 100), Description("Players at the most.")] int top = 10)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return MalformedId();
        }

        if (top is < 1 or > 100)
        {
            return ProblemResults.Of(ProblemNames.InvalidRequest, null, new Dictionary<string, string[]> { ["top"] = ["1 to 100"] });
        }

        if (await readModels.HuntAsync(huntId, cancellationToken) is not { } hunt
            || !(Preview.IsAllowed(http) || hunt.View.Window.IsPublicAt(timeProvider.GetUtcNow())))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        var board = await readModels.LeaderboardAsync(huntId, top, cancellationToken);
        return new ReadResponse<LeaderboardResponse>(
            () => new LeaderboardResponse(huntId, board.View), board.Sequence, board.TakenAt, audience: Preview.AudienceOf(http));
    }

    private static async Task<List<ReadView<TView>>> AllAsync<TView>(string[] ids, Func<string, ValueTask<ReadView<TView>?>> read)
    {
        var views = new List<ReadView<TView>>(ids.Length);
        foreach (var chunk in ids.Chunk(ReadModelReader.MaxAtOnce))
        {
            views.AddRange((await Task.WhenAll(chunk.Select(id => read(id).AsTask()))).OfType<ReadView<TView>>());
        }

        return views;
    }

    private static string StatusOf(HuntView hunt, DateTimeOffset now) => hunt.Window.PhaseAt(now).ToString().ToLowerInvariant();

    private static long Newest<TView>(List<ReadView<TView>> views) => views.Count == 0 ? 0 : views.Max(view => view.Sequence);

    private static DateTimeOffset Oldest<TView>(List<ReadView<TView>> views, DateTimeOffset otherwise) =>
        views.Count == 0 ? otherwise : views.Min(view => view.TakenAt);

    // What an answer made of several views depends on besides the newest of their sequences.
    private static string Fingerprint(IEnumerable<string> parts)
    {
        var hash = 14695981039346656037UL;
        foreach (var c in parts.SelectMany(part => part.Append('|')))
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash.ToString("x", System.Globalization.CultureInfo.InvariantCulture);
    }

    private static IResult MalformedId() => ProblemResults.Of(ProblemNames.MalformedId, "A hunt id has 1 to 64 characters of a-z 0-9 -.");
}
