using Microsoft.AspNetCore.Mvc;
using TreasureHunt.Api.Http;
using TreasureHunt.Contracts;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Api.Admin;

/// <summary>The routes of administrators. A command is sent over RabbitMQ, and the response comes when it is recorded.</summary>
public static class AdminEndpoints
{
    private const int MaxBodyBytes = 256 * 1024;

    public static void MapAdmin(this IEndpointRouteBuilder routes)
    {
        var admin = routes.MapGroup("").RequireAuthorization(Scopes.Hunts)
            .WithMetadata(new BodyLimit(MaxBodyBytes)).RequireSlugs();
        var awards = routes.MapGroup("").RequireAuthorization(Scopes.Claims)
            .WithMetadata(new BodyLimit(MaxBodyBytes)).RequireSlugs();

        admin.MapPost("/hunts", DraftHuntAsync).ValidateBody<DraftHuntRequest, DraftHuntValidator>().Describe(
            "DraftHunt", "Draft a hunt", "A draft is not public. The id is a new one unless the body names one.", isCreation: true);
        foreach (var change in Enum.GetValues<HuntChange>())
        {
            var step = change.ToString().ToLowerInvariant();
            admin.MapPost($"/hunts/{{huntId}}/{step}", (HttpContext http, string huntId, AdminBus bus) =>
                    bus.SendAsync(http, $"{huntId} {step}", (id, at) => new ChangeHunt(id, at, huntId, change)))
                .Describe($"{change}Hunt", $"{change} a hunt", DescriptionOf(change));
        }

        admin.MapPost("/hunts/{huntId}/treasures", HideTreasureAsync).ValidateBody<HideTreasureRequest, HideTreasureValidator>().Describe(
            "HideTreasure", "Add a treasure to a hunt",
            "It is public from the opening of the hunt on. The id is a new one unless the body names one.", isCreation: true);
        admin.MapPost("/treasures/{treasureId}/clues", (HttpContext http, string treasureId, ClueRequest body, AdminBus bus) =>
                bus.SendAsync(
                    http, treasureId,
                    (id, at) => new AddClue(id, at, treasureId, new Clue(body.Text!, body.RevealAt!.Value.ToUniversalTime()))))
            .ValidateBody<ClueRequest, ClueValidator>().Describe("AddClue", "Add a clue to a treasure", "Players see it from revealAt on.");
        admin.MapPost("/treasures/{treasureId}/restock", (HttpContext http, string treasureId, RestockRequest body, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new RestockTreasure(id, at, treasureId, body.Units!.Value)))
            .ValidateBody<RestockRequest, RestockValidator>().Describe(
                "RestockTreasure", "Add units to a treasure", "They can be won at once.");
        admin.MapPost("/treasures/{treasureId}/withdraw", (HttpContext http, string treasureId, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new WithdrawTreasure(id, at, treasureId)))
            .Describe("WithdrawTreasure", "Withdraw a treasure", "No other unit of it can be won. Awards stay valid.");
        awards.MapPost("/treasures/{treasureId}/revoke", (HttpContext http, string treasureId, RevokeRequest body, AdminBus bus) =>
                bus.SendAsync(http, treasureId, (id, at) => new RevokeAward(id, at, treasureId, body.ClaimId!.Value, body.Because!)))
            .ValidateBody<RevokeRequest, RevokeValidator>().Describe(
                "RevokeAward", "Revoke an award: its unit can be won again", "The claim then has the time of the revocation.",
                Scopes.Claims);
    }

    private static Task<IResult> DraftHuntAsync(HttpContext http, DraftHuntRequest body, AdminBus bus) => bus.SendAsync(
        http,
        "",
        (id, at) => new DraftHunt(
            id,
            at,
            HuntId: body.HuntId ?? id.ToString("N"),
            Name: body.Name!,
            OpensAt: body.OpensAt!.Value.ToUniversalTime(),
            ClosesAt: body.ClosesAt!.Value.ToUniversalTime(),
            PlayerLimit: body.PlayerLimit,
            AnnounceAt: body.AnnounceAt?.ToUniversalTime()),
        response => $"/v1/hunts/{response.Id}");

    private static Task<IResult> HideTreasureAsync(
        HttpContext http, string huntId, HideTreasureRequest body, AdminBus bus) => bus.SendAsync(
        http,
        huntId,
        (id, at) => new HideTreasure(
            id,
            at,
            TreasureId: body.TreasureId ?? id.ToString("N"),
            HuntId: huntId,
            Name: body.Name!,
            Stock: body.Stock!.Value,
            PerPlayer: body.PerPlayer ?? 1,
            Proof: body.Proof is null ? null : Proofs.Hash(body.Proof, id),
            Clues: (body.Clues ?? []).Select(clue => new Clue(clue.Text!, clue.RevealAt!.Value.ToUniversalTime())).ToList()),
        response => $"/v1/treasures/{response.Id}");

    private static string DescriptionOf(HuntChange change) => change switch
    {
        HuntChange.Schedule => "It opens automatically at opensAt.",
        HuntChange.Open => "It opens now.",
        HuntChange.Pause => "Claims are rejected until it is resumed.",
        HuntChange.Resume => "Claims can win again.",
        HuntChange.Close => "It is over: no unit can be won.",
        _ => "It does not take place.",
    };

    private static RouteHandlerBuilder Describe(
        this RouteHandlerBuilder route, string name, string summary, string description, string scope = Scopes.Hunts,
        bool isCreation = false) => route
        .WithMetadata(RequestHeader.CommandKey)
        .WithName(name)
        .WithSummary(summary)
        .WithDescription(
            $"{description} The response comes when the command is recorded. Requires an administrator's token with the scope {scope}.")
        .Produces<CommandAccepted>(isCreation ? StatusCodes.Status201Created : StatusCodes.Status200OK)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status403Forbidden)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);
}
