// Uses the client that Kiota generates. The tests compile it together with the client, with warnings as errors. For Kiota
// any member of a response may be missing, whatever the document says: hence the question marks.
using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using Microsoft.Kiota.Abstractions.Authentication;
using Microsoft.Kiota.Http.HttpClientLibrary;
using TreasureHunt.Client;
using TreasureHunt.Client.Models;
using TreasureHunt.Client.V1;

public static class Shop
{
    public static async Task<string[]> UseAsync(Uri api, HttpClient player, HttpClient admin, string huntId, string treasureId)
    {
        var client = Client(api, player).V1;
        var workers = Client(api, admin).V1;

        var refused = await ClaimAsync(client, treasureId, "order-1", "over the bridge");
        ClaimReason? reason = refused?.Reason;
        var won = await ClaimAsync(client, treasureId, "order-2", "under the bridge");
        long? position = won?.Position;

        HuntResponse? hunt = await client.Hunts[huntId].GetAsync();
        int? stock = hunt?.Treasures?.Single().Stock;

        CommandAccepted? restocked = await workers.Treasures[treasureId].Restock.PostAsync(
            new RestockRequest { Units = 3 }, request => request.Headers.Add("Idempotency-Key", "restock-1"));
        long? sequence = restocked?.Sequence;
        var draft = await workers.Hunts.PostAsync(
            new DraftHuntRequest { Name = "Winter sale", OpensAt = hunt?.ClosesAt, ClosesAt = hunt?.ClosesAt?.AddHours(1) },
            request => request.Headers.Add("Idempotency-Key", "draft-1"));
        ServiceLevel? level = (await client.Status.GetAsync())?.Level;

        string problem;
        try
        {
            await client.Hunts["no-such-hunt"].GetAsync();
            problem = "none";
        }
        catch (ProblemDetails exception)
        {
            int? code = exception.Status;
            problem = $"{code} {exception.Type}";
        }

        return
        [
            $"{refused?.Outcome}: {reason}", $"{won?.Outcome} at {position}", $"{hunt?.Name} is {hunt?.Status}, {stock} in stock",
            $"restocked {restocked?.Id == treasureId && sequence > 0}", $"drafted {draft?.Sequence > sequence}",
            $"level known {level is not null}", problem,
        ];
    }

    private static async Task<ClaimResponse?> ClaimAsync(V1RequestBuilder client, string treasureId, string key, string proof)
    {
        var claim = await client.Treasures[treasureId].Claims.PostAsync(new ClaimRequest { Proof = proof }, request =>
        {
            request.Headers.Add("Idempotency-Key", key);
            request.Headers.Add("Prefer", "wait=20");
        });
        while (claim?.Outcome == ClaimOutcome.Pending)
        {
            claim = await client.Claims[claim.ClaimId!.Value].GetAsync();
        }

        return claim;
    }

    private static TreasureHuntClient Client(Uri api, HttpClient http) =>
        new(new HttpClientRequestAdapter(new AnonymousAuthenticationProvider(), httpClient: http) { BaseUrl = api.ToString() });
}
