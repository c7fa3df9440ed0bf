namespace TreasureHunt.Integration.Harness;

/// <summary>An engine for tests that kill, stop or suspend hosts. They run one after the other.</summary>
public sealed class DisruptionEngine() : EngineFixture(() => Harness.Engine.Start());
