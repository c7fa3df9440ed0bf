using JasperFx.Events;
using Marten;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using Wolverine.Marten;
using Wolverine.Persistence;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>
/// Requests the outcome of a claim. Wolverine finds the id of its document by the name of the property.
/// </summary>
public sealed record DecideClaim(Claim Claim)
{
    public string TreasureId => Claim.TreasureId;

    public string PlayerClaimsId => PlayerClaims.IdOf(Claim);
}

/// <summary>
/// The aggregate handler workflow: both are fetched in one round trip. Appended events and stored documents are saved before the response
/// is sent.
/// </summary>
public static class DecideClaimHandler
{
    public static PeerOutcome Handle(
        DecideClaim command,
        [WriteAggregate(nameof(DecideClaim.TreasureId), Required = false)] IEventStream<StreamTreasure> stream,
        [Entity(Required = false)] PlayerClaims? earlier,
        IDocumentSession session) => PeerDecider.Decide(command.Claim, stream, earlier, session);
}
