using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("TreasureHunt.Specs")]
