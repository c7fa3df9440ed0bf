namespace TreasureHunt.Platform.Messaging;

/// <summary>How the broker is reached, besides its address in <c>ConnectionStrings__RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>
    /// File (PEM) with the certificates of the authorities that may have signed the broker's certificate; without one, those of the system.
    /// Only with <c>amqps</c>.
    /// </summary>
    public string? CaFile { get; set; }
}
