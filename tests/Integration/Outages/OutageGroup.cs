using TreasureHunt.Integration.Harness;
using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>A second <see cref="DisruptionGroup"/> with an engine of its own. The tests of the two groups run side by side.</summary>
[CollectionDefinition(nameof(OutageGroup))]
public sealed class OutageGroup : ICollectionFixture<DisruptionEngine>;
