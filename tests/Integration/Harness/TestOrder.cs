using TreasureHunt.Integration.Harness;
using Xunit;
using Xunit.Sdk;
using Xunit.v3;

// Many tests wait for time limits, so more of them run at the same time than a small machine has processors.
[assembly: Parallelization(MaxThreads = 3)]
[assembly: TestCollectionOrderer(typeof(GroupsFirst))]

namespace TreasureHunt.Integration.Harness;

/// <summary>The groups whose tests run one after the other start first: they take the longest.</summary>
public sealed class GroupsFirst : ITestCollectionOrderer
{
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. testCollections.OrderByDescending(collection => collection.TestCollectionClassName is not null)];
}
