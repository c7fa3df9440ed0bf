namespace TreasureHunt.Commands.DeadLettering;

/// <summary>The action for an inspected dead letter.</summary>
internal enum DeadLetterAction
{
    Return,
    Remove,
    RemoveAndStop,
}
