using Xunit;

namespace TreasureHunt.Integration.Outages;

/// <summary>Tests that stop shared servers run without other tests.</summary>
[CollectionDefinition(nameof(ExclusiveGroup), DisableParallelization = true)]
public sealed class ExclusiveGroup;
