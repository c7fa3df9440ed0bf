using TreasureHunt.Platform.Configuration;
using TreasureHunt.Platform.Hosting;
using TreasureHunt.Platform.Messaging;

namespace TreasureHunt.Commands.DeadLettering;

/// <summary>Section <c>DeadLetters</c>.</summary>
public sealed class DeadLetterOptions
{
    /// <summary>
    /// Address of the broker with a user that may read and write every queue, for <c>/admin/errors</c>: workers may not publish to their
    /// own queues. Without it the worker's user is used, which may list and drop dead letters.
    /// </summary>
    [RabbitMqConnection]
    public string? Connection { get; set; }
}
