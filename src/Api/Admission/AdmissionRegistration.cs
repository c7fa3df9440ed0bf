namespace TreasureHunt.Api.Admission;

/// <summary>Registers the admission of claims.</summary>
public static class AdmissionRegistration
{
    public static IServiceCollection AddAdmission(this IServiceCollection services) =>
        services.AddSingleton<Storefronts>().AddSingleton<WaitingClaimLimit>().AddSingleton<PendingClaimStore>()
            .AddSingleton<PendingOutcomes>().AddSingleton<OutcomeReplies>().AddSingleton<ClaimPublisher>();
}
