using Xunit;

namespace TreasureHunt.Integration.Worker;

/// <summary>Tests of workers that share one event store run one after the other.</summary>
[CollectionDefinition(nameof(WorkerGroup))]
public sealed class WorkerGroup : ICollectionFixture<WorkerFixture>;
