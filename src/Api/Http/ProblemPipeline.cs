using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using TreasureHunt.Api.Caching;
using TreasureHunt.Api.Problems;
using TreasureHunt.Api.ServiceLevels;
using TreasureHunt.Contracts;
using TreasureHunt.Platform.Problems;

namespace TreasureHunt.Api.Http;

/// <summary>Converts refusals by the framework and unhandled exceptions into problems.</summary>
public static class ProblemPipeline
{
    public static void UseProblems(this WebApplication app)
    {
        // The handler starts with an empty response, so headers must be added again.
        var handler = ((IApplicationBuilder)app).New();
        handler.UseStatusHeader();
        handler.UseSecurityHeaders();
        handler.Run(WriteProblemAsync);
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = handler.Build(),
            // An unavailable cache and an unreadable request are not bugs. Logging each would hide real errors, and a log line for an
            // unreadable request would contain the caller's text.
            SuppressDiagnosticsCallback = context => context.Exception is ReadModelUnavailableException or BadHttpRequestException,
        });
        app.UseStatusCodePages(pages => OfStatus(pages.HttpContext.Response.StatusCode).ExecuteAsync(pages.HttpContext));
    }

    private static Task WriteProblemAsync(HttpContext http)
    {
        var exception = http.Features.Get<IExceptionHandlerFeature>()?.Error;
        var problem = exception switch
        {
            BadHttpRequestException { StatusCode: 400, InnerException: JsonException json } =>
                ProblemResults.Of(ProblemNames.InvalidJson, ProblemResults.LocationOf(json)),
            BadHttpRequestException bad => OfStatus(bad.StatusCode),
            ReadModelUnavailableException => ProblemResults.Of(ProblemNames.ReadModelUnavailable),
            _ => ProblemResults.Of(ProblemNames.InternalError),
        };
        return problem.ExecuteAsync(http);
    }

    private static IResult OfStatus(int status) => ProblemResults.Of(ProblemCatalog.NameOf(status));
}
