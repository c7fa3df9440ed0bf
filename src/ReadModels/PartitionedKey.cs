namespace TreasureHunt.ReadModels;

/// <summary>A key and its partition.</summary>
public readonly record struct PartitionedKey(int Partition, string Name)
{
    public override string ToString() => Name;
}
