using JasperFx.Events;
using Marten;
using TreasureHunt.Peers.Front;
using TreasureHunt.Peers.Streams;
using Wolverine.Marten;
using Wolverine.Persistence;

namespace TreasureHunt.Peers.Wolverine;

/// <summary>
/// Asks for the verdict on a claim. By their names, Wolverine knows the ids of the stream and of the document that go with it.
/// </summary>
public sealed record DecideClaim(Claim Claim)
{
    public string TreasureId => Claim.TreasureId;

    public string PlayerClaimsId => PlayerClaims.IdOf(Claim);
}

/// <summary>
/// The aggregate handler workflow: both are fetched in one round trip, and what was appended and stored is saved before the answer goes
/// out.
/// </summary>
public static class DecideClaimHandler
{
    public static PeerOutcome Handle(
        DecideClaim command,
        [WriteAggregate(Required = false)] IEventStream<StreamTreasure> stream,
        [Entity(Required = false)] PlayerClaims? earlier,
        IDocumentSession session) => Claiming.Decide(command.Claim, stream, earlier, session);
}
