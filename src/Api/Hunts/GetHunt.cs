using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.Treasures;
using TreasureHunt.Contracts;

namespace TreasureHunt.Api.Hunts;

/// <summary><c>GET /v1/hunts/{huntId}</c></summary>
internal static class GetHunt
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, string huntId, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        if (!IdentifierRules.IsSlug(huntId))
        {
            return ProblemResults.MalformedId("A hunt id");
        }

        var now = timeProvider.GetUtcNow();
        var isPreview = UnpublishedAccess.IsAllowed(http);
        if (await readModels.HuntAsync(huntId, cancellationToken) is not { } hunt || !(isPreview || hunt.View.Window.IsPublicAt(now)))
        {
            return ProblemResults.Of(ProblemNames.HuntNotFound);
        }

        var treasures = isPreview || TreasureResponse.IsPublic(hunt.View, now)
            ? await HuntReads.ReadAllAsync(
                await readModels.TreasuresOfAsync(huntId, cancellationToken), id => readModels.TreasureAsync(id, cancellationToken))
            : [];
        var response = HuntResponse.Of(hunt.View, treasures.Select(treasure => treasure.View), now);
        return new ReadResponse<HuntResponse>(
            () => response,
            Math.Max(hunt.Sequence, HuntReads.MaxSequence(treasures)),
            HuntReads.OldestTime(treasures, hunt.TakenAt),
            HuntReads.Fingerprint(response.Treasures.Select(item => $"{item.Status}{item.Remaining}").Prepend(response.Status)),
            UnpublishedAccess.AudienceOf(http));
    }
}
