using Microsoft.Extensions.DependencyInjection;
using TreasureHunt.Contracts;

namespace TreasureHunt.Platform.Hosting;

/// <summary>Answers of the framework itself, such as 404 and 405, name our problem types (RFC 9457).</summary>
public static class ProblemTypes
{
    public static IServiceCollection AddProblemTypes(this IServiceCollection services) => services.AddProblemDetails(options =>
        options.CustomizeProblemDetails = context =>
        {
            var problem = context.ProblemDetails;
            if (problem.Type?.StartsWith(ProblemNames.UrnPrefix, StringComparison.Ordinal) != true)
            {
                problem.Type = ProblemNames.UrnPrefix + ProblemNames.OfStatus(problem.Status ?? context.HttpContext.Response.StatusCode);
            }
        });
}
