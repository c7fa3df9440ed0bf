using TreasureHunt.Contracts.Analytics;
using TreasureHunt.Contracts.Commands;

namespace TreasureHunt.Contracts;

/// <summary>
/// Exchanges and queues. The names are part of the storage format, because messages stay in the queues during a deployment.
/// </summary>
public static class BusNames
{
    /// <summary>
    /// Fanout exchange to which a storefront may publish <see cref="ClaimTreasure"/> and <see cref="ClaimTreasureList"/>.
    /// </summary>
    public const string ClaimIntake = "treasure-hunt.claims";

    /// <summary>The queue bound to <see cref="ClaimIntake"/>.</summary>
    public const string ClaimIntakeQueue = "claims-intake";

    /// <summary>Fanout exchange to which every event is published, in <see cref="EventEnvelope"/>s.</summary>
    public const string Events = "treasure-hunt.events";

    /// <summary>The RabbitMQ stream bound to <see cref="Events"/>; a consumer may begin at any offset.</summary>
    public const string EventsStream = "treasure-hunt.events.log";

    /// <summary>The queue of administrative commands.</summary>
    public const string AdminQueue = "admin-commands";

    /// <summary>Prefix of the queue on which an Api receives the responses to its commands.</summary>
    public const string ApiAnswersPrefix = "api-answers-";

    /// <summary>Prefix of a storefront's RabbitMQ user; the storefront's name follows.</summary>
    public const string StorefrontUserPrefix = "storefront-";

    /// <summary>The queue of a shard's claims, and the exchange of the same name.</summary>
    public static string Shard(int shard) => $"claims-{shard}";

    /// <summary>The dead-letter queue of a queue, and the exchange of the same name. MassTransit uses the same name.</summary>
    public static string DeadLetters(string queue) => $"{queue}_error";

    /// <summary>Prefix of the queue on which an Api receives the outcomes of its claims.</summary>
    public const string ApiOutcomesPrefix = "api-outcomes-";
}
