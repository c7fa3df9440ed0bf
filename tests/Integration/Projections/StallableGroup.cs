using Xunit;

namespace TreasureHunt.Integration.Projections;

/// <summary>Tests that stall the projections of one engine run one after the other.</summary>
[CollectionDefinition(nameof(StallableGroup))]
public sealed class StallableGroup : ICollectionFixture<StallableEngine>;
