namespace TreasureHunt.Contracts;

/// <summary>Exchanges and queues. These names are the storage format: messages wait under them through a deployment.</summary>
public static class BusNames
{
    /// <summary>Fanout exchange on which a storefront may put <see cref="Commands.ClaimTreasure"/> itself.</summary>
    public const string ClaimIntake = "treasure-hunt.claims";

    /// <summary>The queue behind <see cref="ClaimIntake"/>.</summary>
    public const string ClaimIntakeQueue = "claims-intake";

    /// <summary>The queue of admin commands.</summary>
    public const string Admin = "admin-commands";

    /// <summary>The queue, and the exchange of the same name, that feeds the decisions of one shard.</summary>
    public static string Shard(int shard) => $"claims-{shard}";
}
