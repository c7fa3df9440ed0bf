namespace TreasureHunt.Commands.DeadLettering;

/// <summary>The broker did not execute a request. No message is lost: unacknowledged messages are in their queue again.</summary>
public sealed class BrokerUnavailableException(string message, Exception inner) : Exception(message, inner);
