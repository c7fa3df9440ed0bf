namespace TreasureHunt.Platform.Messaging;

/// <summary>Section <c>RabbitMq</c>: settings besides the address in <c>ConnectionStrings__RabbitMq</c>.</summary>
public sealed class RabbitMqOptions
{
    /// <summary>
    /// File (PEM) with the certificates of the authorities that may sign the broker's certificate, instead of the system's. Only with
    /// <c>amqps</c>.
    /// </summary>
    public string? CaFile { get; set; }
}
