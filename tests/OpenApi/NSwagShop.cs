// Uses the client that NSwag generates. The tests compile it together with the client, with warnings as errors: it does not compile
// unless required members are never null and numbers are int and long.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using TreasureHunt.Client;

public static class Shop
{
    public static async Task<string[]> UseAsync(Uri api, HttpClient player, HttpClient admin, string huntId, string treasureId)
    {
        var client = new TreasureHuntClient(player) { BaseUrl = api.ToString() };
        var workers = new TreasureHuntClient(admin) { BaseUrl = api.ToString() };

        var refused = await ClaimAsync(client, treasureId, "order-1", "over the bridge");
        ClaimReason? reason = refused.Reason;
        var won = await ClaimAsync(client, treasureId, "order-2", "under the bridge");
        long? position = won.Position;

        HuntResponse hunt = await client.GetHuntAsync(huntId);
        string name = hunt.Name;
        DateTimeOffset closesAt = hunt.ClosesAt;
        int stock = hunt.Treasures.Single().Stock;

        CommandAccepted restocked = await workers.RestockTreasureAsync(treasureId, new RestockRequest { Units = 3 }, "restock-1");
        string id = restocked.Id;
        long sequence = restocked.Sequence;
        var draft =
            await workers.DraftHuntAsync(
                new DraftHuntRequest { Name = "Winter sale", OpensAt = closesAt, ClosesAt = closesAt.AddHours(1) }, "draft-1");
        ServiceLevel level = (await client.GetStatusAsync()).Level;

        string problem;
        try
        {
            await client.GetHuntAsync("no-such-hunt");
            problem = "none";
        }
        catch (ApiException<ProblemDetails> exception)
        {
            int code = exception.Result.Status;
            problem = $"{code} {exception.Result.Type}";
        }

        return
        [
            $"{refused.Outcome}: {reason}", $"{won.Outcome} at {position}", $"{name} is {hunt.Status}, {stock} in stock",
            $"restocked {id == treasureId && sequence > 0}", $"drafted {draft.Sequence > sequence}",
            $"level known {Enum.IsDefined(level)}", problem,
        ];
    }

    private static async Task<ClaimResponse> ClaimAsync(TreasureHuntClient client, string treasureId, string key, string proof)
    {
        var claim = await client.PostClaimAsync(treasureId, key, prefer: "wait=20", body: new ClaimRequest { Proof = proof });
        while (claim.Outcome == ClaimOutcome.Pending)
        {
            claim = await client.GetClaimAsync(claim.ClaimId, "wait=5");
        }

        return claim;
    }
}
