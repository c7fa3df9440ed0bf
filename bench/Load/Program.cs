using System.CommandLine;
using TreasureHunt.Load;

var root = new RootCommand("Measures the engine and what people would use instead. './hunt bench' starts the systems and calls this.")
{
    RunCommand.Create(),
    ReportCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
