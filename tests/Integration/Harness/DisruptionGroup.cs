using Xunit;

namespace TreasureHunt.Integration.Harness;

/// <summary>Tests that stop hosts run one after the other. Each starts with all hosts running.</summary>
[CollectionDefinition(nameof(DisruptionGroup))]
public sealed class DisruptionGroup : ICollectionFixture<DisruptionEngine>;
