using TreasureHunt.Api.Caching;
using TreasureHunt.ReadModels;

namespace TreasureHunt.Api.Hunts;

/// <summary><c>GET /v1/hunts</c></summary>
internal static class GetHunts
{
    private const int MaxListed = 100;

    /// <summary>The latest hunts that are read to fill the list, because hunts that are not public are left out.</summary>
    private const int MaxConsidered = 1_000;

    public static async Task<IResult> HandleAsync(
        HttpContext http, ReadModelReader readModels, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var isPreview = UnpublishedAccess.IsAllowed(http);
        var hunts = new List<ReadView<HuntView>>(MaxListed);
        foreach (var ids in (await readModels.LatestHuntsAsync(MaxConsidered, cancellationToken)).Chunk(MaxListed))
        {
            var read = await HuntReads.ReadAllAsync(ids, id => readModels.HuntAsync(id, cancellationToken));
            hunts.AddRange(read.Where(hunt => isPreview || hunt.View.Window.IsPublicAt(now)).Take(MaxListed - hunts.Count));
            if (hunts.Count == MaxListed)
            {
                break;
            }
        }

        var items = hunts.Select(hunt => hunt.View)
            .Select(hunt => new HuntListItem(hunt.HuntId, hunt.Name, HuntResponse.StatusOf(hunt, now)))
            .ToList();
        return new ReadResponse<HuntListResponse>(
            () => new HuntListResponse(items),
            HuntReads.MaxSequence(hunts),
            HuntReads.OldestTime(hunts, now),
            HuntReads.Fingerprint(items.Select(item => $"{item.HuntId} {item.Status}")),
            UnpublishedAccess.AudienceOf(http));
    }
}
