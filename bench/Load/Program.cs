using System.CommandLine;
using TreasureHunt.Load;

var root = new RootCommand("Measures the engine and alternatives to it. './hunt bench' starts the systems and runs this program.")
{
    RunCommand.Create(),
    ReportCommand.Create(),
    PairsCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
