using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Http;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admin;

/// <summary>Running a hunt. Every command travels over the bus and is answered when it is recorded.</summary>
public static class AdminEndpoints
{
    /// <summary>Largest body in bytes.</summary>
    private const int MaxBody = 256 * 1024;

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("").RequireAuthorization(Scopes.Hunts).WithMetadata(new RequestSizeLimitAttribute(MaxBody)).Slugs();
        var awards = routes.MapGroup("").RequireAuthorization(Scopes.Claims).WithMetadata(new RequestSizeLimitAttribute(MaxBody)).Slugs();

        admin.MapPost("/hunts", DraftHuntAsync).Body<DraftHuntRequest, DraftHuntValidator>().Describe(
            "DraftHunt", "Draft a hunt", "A draft is not public. The id is a new one unless the body names one.", created: true);
        foreach (var change in Enum.GetValues<HuntChange>())
        {
            var step = change.ToString().ToLowerInvariant();
            admin.MapPost($"/hunts/{{huntId}}/{step}", (HttpContext http, string huntId, AdminBus bus) =>
                    bus.SendAsync(http, $"{huntId} {step}", (id, at) => new ChangeHunt(id, at, huntId, change)))
                .Describe($"{change}Hunt", $"{change} a hunt", DescriptionOf(change));
        }

        admin.MapPost("/hunts/{huntId}/treasures", HideTreasureAsync).Body<HideTreasureRequest, HideTreasureValidator>().Describe(
            "HideTreasure", "Hide a treasure in a hunt",
            "It is public from the opening of the hunt on. The id is a new one unless the body names one.", created: true);
        admin.MapPost("/treasures/{treasureId}/clues", (HttpContext http, string treasureId, ClueRequest body, AdminBus bus) =>
                bus.SendAsync(
                    http, treasureId,
                    (id, at) => new AddClue(id, at, treasureId, new Clue(body.Text!, body.RevealAt!.Value.ToUniversalTime()))))
            .Body<ClueRequest, ClueValidator>().Describe("AddClue", "Add a clue to a treasure", "Players see it from revealAt on.");
        admin.MapPost("/treasures/{treasureId}/restock", (HttpContext http, string treasureId, RestockRequest body, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new RestockTreasure(id, at, treasureId, body.Units!.Value)))
            .Body<RestockRequest, RestockValidator>().Describe("RestockTreasure", "Add units to a treasure", "They can be won at once.");
        admin.MapPost("/treasures/{treasureId}/withdraw", (HttpContext http, string treasureId, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new WithdrawTreasure(id, at, treasureId)))
            .Describe("WithdrawTreasure", "Withdraw a treasure", "No unit of it can be won any more. What was won stays won.");
        awards.MapPost("/treasures/{treasureId}/revoke", (HttpContext http, string treasureId, RevokeRequest body, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new RevokeAward(id, at, treasureId, body.ClaimId!.Value, body.Because!)))
            .Body<RevokeRequest, RevokeValidator>().Describe(
                "RevokeAward", "Take an award back: its unit can be won again", "The claim tells when it was revoked.", Scopes.Claims);
    }

    private static Task<IResult> DraftHuntAsync(HttpContext http, DraftHuntRequest body, AdminBus bus) => bus.SendAsync(
        http,
        "",
        (id, at) => new DraftHunt(
            id,
            at,
            body.HuntId ?? id.ToString("N"),
            body.Name!,
            body.OpensAt!.Value.ToUniversalTime(),
            body.ClosesAt!.Value.ToUniversalTime(),
            body.PlayerLimit,
            body.AnnounceAt?.ToUniversalTime()),
        answer => $"/v1/hunts/{answer.Id}");

    private static Task<IResult> HideTreasureAsync(
        HttpContext http, string huntId, HideTreasureRequest body, AdminBus bus) => bus.SendAsync(
        http,
        huntId,
        (id, at) => new HideTreasure(
            id,
            at,
            body.TreasureId ?? id.ToString("N"),
            huntId,
            body.Name!,
            body.Stock!.Value,
            body.PerPlayer ?? 1,
            body.Proof is null ? null : Proofs.Hash(body.Proof, id),
            (body.Clues ?? []).Select(clue => new Clue(clue.Text!, clue.RevealAt!.Value.ToUniversalTime())).ToList()),
        answer => $"/v1/treasures/{answer.Id}");

    private static string DescriptionOf(HuntChange change) => change switch
    {
        HuntChange.Schedule => "It opens by itself at opensAt.",
        HuntChange.Open => "It opens now.",
        HuntChange.Pause => "Claims are rejected until it is resumed.",
        HuntChange.Resume => "Claims can win again.",
        HuntChange.Close => "It is over: nothing can be won any more.",
        _ => "It does not take place.",
    };

    private static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route, string name, string summary, string description, string scope = Scopes.Hunts,
        bool created = false) => route
        .WithMetadata(RequestHeader.CommandKey)
        .WithName(name)
        .WithSummary(summary)
        .WithDescription($"{description} It is answered when it is recorded. Takes an administrator's token with the scope {scope}.")
        .Produces<CommandAccepted>(created ? StatusCodes.Status201Created : StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
