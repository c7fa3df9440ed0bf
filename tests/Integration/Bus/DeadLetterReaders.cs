using Xunit;

namespace TreasureHunt.Integration.Bus;

/// <summary>
/// Tests that consume the dead-letter queues of the shared engine run one after the other, because each consumes all messages.
/// </summary>
[CollectionDefinition(nameof(DeadLetterReaders))]
public sealed class DeadLetterReaders;
