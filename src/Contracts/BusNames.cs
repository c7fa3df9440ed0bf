using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Contracts;

/// <summary>Exchanges and queues. These names are the storage format: messages wait under them through a deployment.</summary>
public static class BusNames
{
    /// <summary>Fanout exchange on which a storefront may put <see cref="Commands.ClaimTreasure"/> itself.</summary>
    public const string ClaimIntake = "treasure-hunt.claims";

    /// <summary>The queue behind <see cref="ClaimIntake"/>.</summary>
    public const string ClaimIntakeQueue = "claims-intake";

    /// <summary>Fanout exchange on which <see cref="Analytics.EventEnvelope"/>s tell every fact of the log.</summary>
    public const string Events = "treasure-hunt.events";

    /// <summary>The stream behind <see cref="Events"/>; a consumer may begin anywhere in it.</summary>
    public const string EventsLog = "treasure-hunt.events.log";

    /// <summary>The queue of admin commands.</summary>
    public const string Admin = "admin-commands";

    /// <summary>How the queue begins on which an Api receives the answers to its commands.</summary>
    public const string Answers = "api-answers-";

    /// <summary>How a storefront's user of the broker begins; the storefront's name follows.</summary>
    public const string StorefrontUser = "storefront-";

    /// <summary>The queue, and the exchange of the same name, that feeds the decisions of one shard.</summary>
    public static string Shard(int shard) => $"claims-{shard}";

    /// <summary>The dead-letter queue of a queue, and the exchange of the same name. MassTransit uses this name, too.</summary>
    public static string DeadLetters(string queue) => $"{queue}_error";

    /// <summary>How the queue begins on which an Api receives the outcomes that it waits for.</summary>
    public const string Outcomes = "api-outcomes-";
}
