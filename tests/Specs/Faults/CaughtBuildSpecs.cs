using TreasureHunt.Specs.Scripts;
using Xunit;

namespace TreasureHunt.Specs.Faults;

/// <summary>The condition for a caught broken build.</summary>
public class CaughtBuildSpecs
{
    [Theory]
    [InlineData("15 malformed-message          BROKEN recovered 0.0 s\n     invariant 11 malformedLost: sent 1 times\n0 held, 1 broken", 0)]
    [InlineData(" 7 malformed-message          BROKEN recovered 0.0 s\n     invariant 3 retryRejected: no\n     invariant 11 malformedLost: sent 1 times\n", 0)]
    [InlineData("15 malformed-message          BROKEN recovered 0.0 s\n     invariant 0 trial: it did not start\n0 held, 1 broken", 1)]
    [InlineData("15 malformed-message          ok     recovered 0.0 s\n1 held, 0 broken", 1)]
    [InlineData("15 malformed-message          ok     recovered 0.0 s  invariant 11 holds\n", 1)]
    [InlineData("16 malformed-messages         BROKEN recovered 0.0 s\n     invariant 11 malformedLost: sent 1 times\n", 1)]
    [InlineData("hunt: it did not start\n     invariant 11 malformedLost\n", 1)]
    [InlineData("", 1)]
    public async Task A_broken_build_is_caught_when_its_fault_reports_the_expected_invariant(string output, int expected)
    {
        var folder = Directory.CreateTempSubdirectory("hunt-specs");
        try
        {
            Directory.CreateDirectory(Path.Combine(folder.FullName, ".run"));
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "said"), output, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(
                Path.Combine(folder.FullName, "hunt"), "#!/bin/bash\ncat \"$(dirname \"$0\")/said\"\n",
                TestContext.Current.CancellationToken);

            var (code, _, errors) = await Shell.Run(
                "common faults", """chmod +x "$1/hunt"; is_broken_build_detected "$1" malformed-message "5 11" """, folder.FullName);

            Assert.Equal((expected, ""), (code, errors));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
