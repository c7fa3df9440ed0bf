namespace TreasureHunt.Domain.Claims;

/// <summary>The scopes of reservations. They are part of the storage format.</summary>
public static class ReservationScopes
{
    /// <summary>Awards in a hunt with a limit.</summary>
    public static string Hunt(string huntId) => $"hunt-{huntId}";

    /// <summary>Awards of a treasure in a hunt without a limit.</summary>
    public static string Treasure(string treasureId) => $"treasure-{treasureId}";

    /// <summary>The two scopes that can contain the reservation of an award.</summary>
    public static string[] OfAward(string treasureId, string huntId) => [Hunt(huntId), Treasure(treasureId)];

    public static string WrongProofs(string treasureId) => $"proof-{treasureId}";

    public static string Refusals(string treasureId) => $"refusals-{treasureId}";
}
