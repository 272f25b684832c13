//! The table. Its order is GEN's journey: setup, ideas, convert, edit, export.

use http::Method;

use super::Host::{self, Agent, Api};
use super::Operation;
use super::Patience::{self, CloneVoice, Read, Spend};
use super::Repeat::{self, Auto, Gone, Never, Once, Reread};

/// Declares one static per line, and [`ALL`] of them.
macro_rules! operations {
    ($($constant:ident: $id:ident $name:ident $method:ident $host:ident $path:literal
        $repeat:ident $cost:ident $patience:ident;)*) => {
        $(
            #[doc = concat!("GEN's `", stringify!($id), "`.")]
            pub static $constant: Operation = operation(
                stringify!($id), stringify!($name), Method::$method, $host, $path, $repeat, $cost, $patience,
            );
        )*

        /// Every operation; one that two methods send in different ways stands twice.
        pub static ALL: &[&Operation] = &[$(&$constant),*];
    };
}

/// It costs nothing.
const FREE: bool = false;
/// It takes credits or acts in public.
const PAID: bool = true;

#[expect(clippy::too_many_arguments, reason = "one argument per column of the table below")]
const fn operation(
    id: &'static str,
    name: &'static str,
    method: Method,
    host: Host,
    path: &'static str,
    repeat: Repeat,
    charges: bool,
    patience: Patience,
) -> Operation {
    Operation { id, name, method, host, path, repeat, charges, patience }
}

operations! {
    ME: getMe me GET Api "/me" Auto FREE Read;
    LIST_WORKSPACES: listWorkspaces list_workspaces GET Api "/workspaces" Auto FREE Read;
    LIST_AGENTS: listAgents list_agents GET Api "/agents" Auto FREE Read;
    CREATE_AGENT: createAgent create_agent POST Api "/agents" Never FREE Read;
    CREATE_AGENT_WITH_KEYS: createAgent create_agent_with_keys POST Api "/agents" Never FREE Read;
    OPEN_AGENT: getAgent open_agent GET Api "/agents/{id}" Auto FREE Read;
    UPDATE_AGENT: updateAgent update_agent PATCH Api "/agents/{id}" Reread FREE Read;
    SET_AGENT_KEYS: updateAgent set_agent_keys PATCH Api "/agents/{id}" Once FREE Read;
    DELETE_AGENT: deleteAgent delete_agent DELETE Api "/agents/{id}" Never FREE Read;
    LIST_AVATARS: listAgentAvatars list_avatars GET Api "/agents/{agent_id}/avatars" Auto FREE Read;
    CREATE_AVATAR: createAgentAvatar create_avatar POST Api "/agents/{agent_id}/avatars" Never FREE Spend;
    CREATE_DEGOD_AVATAR: createAgentAvatar create_degod_avatar POST Api "/agents/{agent_id}/avatars" Never FREE Read;
    SET_PRIMARY_AVATAR: setPrimaryAvatar set_primary_avatar PATCH Api "/agents/{agent_id}/avatars/{id}" Reread FREE Read;
    DELETE_AVATARS: deleteAgentAvatar delete_avatars DELETE Api "/agents/{agent_id}/avatars/{id}" Never FREE Read;
    OPEN_CORE: getAgentCore open_core GET Api "/agents/{agent_id}/core" Auto FREE Read;
    PATCH_CORE: patchAgentCore patch_core PATCH Api "/agents/{agent_id}/core" Reread FREE Read;
    LIST_VOICES: listAgentVoices list_voices GET Api "/agents/{agent_id}/voice/library" Auto FREE Read;
    OPEN_ELEVENLABS: getElevenLabsIntegrationStatus open_elevenlabs GET Api "/agents/{agent_id}/voice/integrations/elevenlabs" Auto FREE Read;
    CONNECT_ELEVENLABS: connectElevenLabs connect_elevenlabs POST Api "/agents/{agent_id}/voice/integrations/elevenlabs" Once FREE Read;
    TEST_ELEVENLABS_KEY: testElevenLabsKey test_elevenlabs_key POST Api "/agents/{agent_id}/voice/integrations/elevenlabs/test" Once FREE Read;
    DISCONNECT_ELEVENLABS: disconnectElevenLabs disconnect_elevenlabs DELETE Api "/agents/{agent_id}/voice/integrations/elevenlabs" Gone FREE Read;
    WRITE_VOICE_SCRIPT: generateVoiceScript write_voice_script POST Api "/agents/{agent_id}/voice/design/generate-script" Never FREE Spend;
    DESCRIBE_VOICE: generateVoiceDescription describe_voice POST Api "/agents/{agent_id}/voice/design/generate-description" Never FREE Spend;
    GENERATE_VOICE_SAMPLES: generateVoiceSamples generate_voice_samples POST Api "/agents/{agent_id}/voice/design/generate-samples" Never PAID Spend;
    CREATE_DESIGNED_VOICE: finalizeDesignedVoice create_designed_voice POST Api "/agents/{agent_id}/voice/design" Never PAID Spend;
    CLONE_VOICE: cloneVoice clone_voice POST Api "/agents/{agent_id}/voice/clone" Never PAID CloneVoice;
    DELETE_VOICE: deleteAgentVoice delete_voice DELETE Api "/agents/{agent_id}/voice/{voice_id}" Gone FREE Read;
    PREVIEW_VOICE: previewVoice preview_voice POST Api "/agents/{agent_id}/voice/{voice_id}/preview" Never PAID Spend;
    OPEN_VOICE_PREVIEW: getVoicePreviewStatus open_voice_preview GET Api "/agents/{agent_id}/voice/preview/{job_id}" Auto FREE Read;
    LIST_ORGANIZATIONS: listOrganizations list_organizations GET Api "/organizations" Auto FREE Read;
    CREATE_ORGANIZATION: createOrganization create_organization POST Api "/organizations" Never FREE Spend;
    OPEN_ORGANIZATION: getOrganization open_organization GET Api "/organizations/{organization_id}" Auto FREE Read;
    UPDATE_ORGANIZATION: updateOrganization update_organization PATCH Api "/organizations/{organization_id}" Reread FREE Spend;
    DELETE_ORGANIZATION: deleteOrganization delete_organization DELETE Api "/organizations/{organization_id}" Never FREE Read;
    CREATE_API_KEY: createApiKey create_api_key POST Api "/persisted_tokens" Never FREE Read;
    LIST_API_KEYS: listApiKeys list_api_keys GET Api "/persisted_tokens" Auto FREE Read;
    RENAME_API_KEY: updateApiKey rename_api_key PATCH Api "/persisted_tokens/{id}" Reread FREE Read;
    REVOKE_API_KEY: revokeApiKey revoke_api_key DELETE Api "/persisted_tokens/{id}/revoke" Gone FREE Read;
    REVOKE_ALL_API_KEYS: revokeAllApiKeys revoke_all_api_keys DELETE Api "/persisted_tokens/revoke_all" Never FREE Read;
    OPEN_PROFILE: getAgentProfile open_profile GET Agent "/agent/profile" Auto FREE Read;
    CREATE_PROFILE: createAgentProfile create_profile POST Agent "/agent/profile" Never FREE Read;
    UPDATE_PROFILE: updateAgentProfile update_profile PUT Agent "/agent/profile" Reread FREE Read;
    DELETE_PROFILE: deleteAgentProfile delete_profile DELETE Agent "/agent/profile" Gone FREE Read;

    START_RUN: startAgentRun start_run POST Agent "/agent/run" Never PAID Spend;
    OPEN_RUN: getAgentRun open_run GET Agent "/agent/runs/{run_id}" Auto FREE Read;
    APPROVE_RUN: approveAgentAction approve_run POST Agent "/agent/runs/{run_id}/approve" Never FREE Read;
    LIST_CONVERSATIONS: listConversations list_conversations GET Agent "/agent/conversations" Auto FREE Read;
    OPEN_CONVERSATION: getConversation open_conversation GET Agent "/agent/conversations/{id}" Auto FREE Read;
    LIST_MESSAGES: listConversationMessages list_messages GET Agent "/agent/conversations/{id}/messages" Auto FREE Read;
    LIST_CONVERSATION_RUNS: listConversationRuns list_conversation_runs GET Agent "/agent/conversations/{id}/runs" Auto FREE Read;
    UPDATE_CONVERSATION: updateConversation update_conversation PATCH Agent "/agent/conversations/{id}" Reread FREE Read;
    DELETE_CONVERSATION: deleteConversation delete_conversation DELETE Agent "/agent/conversations/{id}" Gone FREE Read;
    LIST_IDEAS: listIdeas list_ideas GET Agent "/agent/ideas" Auto FREE Read;
    CYCLE_IDEA_STATUS: cycleIdeaStatus cycle_idea_status POST Agent "/agent/ideas/{id}/status" Never FREE Read;
    SET_IDEA_STATUS: setIdeaStatus set_idea_status PUT Agent "/agent/ideas/{id}/status/{status}" Reread FREE Read;
    START_RESEARCH: runResearch start_research POST Agent "/research" Never PAID Spend;
    START_MONITORING: createUserJob start_monitoring POST Api "/user_jobs" Never PAID Spend;
    UPDATE_MONITORING: updateMonitoringJob update_monitoring PUT Api "/user_jobs/{id}" Once FREE Read;
    OPEN_USER_JOB: getUserJob open_job GET Api "/user_jobs/{id}" Auto FREE Read;

    LIST_TEMPLATES: listTemplates list_templates GET Api "/templates/projects" Auto FREE Read;
    OPEN_TEMPLATE: getTemplate open_template GET Api "/templates/projects/{slug}" Auto FREE Read;
    CLONE_TEMPLATE: cloneTemplate clone_template POST Api "/templates/spreadsheets/{slug}/clone" Never FREE Read;
    CREATE_VIDSHEET: createSheet create_vidsheet POST Api "/autocontentengine" Never FREE Read;
    OPEN_VIDSHEET: getSheet open_vidsheet GET Api "/autocontentengine/{id}" Auto FREE Read;
    CLONE_VIDSHEET: cloneSheet clone_vidsheet POST Api "/autocontentengine/{id}/clone" Never FREE Read;

    LIST_ROWS: listRows list_rows GET Api "/autocontentengine/{id}/rows" Auto FREE Read;
    CREATE_ROW: createRow create_row POST Api "/autocontentengine/{id}/rows" Never FREE Read;
    OPEN_ROW: getRow open_row GET Api "/autocontentengine/{id}/rows/{row_id}" Auto FREE Read;
    DUPLICATE_ROW: duplicateRow duplicate_row POST Api "/autocontentengine/{id}/rows/{row_id}/duplicate" Never FREE Read;
    MOVE_ROWS: updateRowPositions move_rows PUT Api "/autocontentengine/{id}/rows/update_positions" Reread FREE Read;
    MASS_UPDATE_ROWS: massUpdateRows mass_update_rows PUT Api "/autocontentengine/{id}/rows/mass_update" Reread FREE Read;
    LIST_COLUMNS: listColumns list_columns GET Api "/autocontentengine/{id}/columns" Auto FREE Read;
    CREATE_COLUMN: createColumn create_column POST Api "/autocontentengine/{id}/columns" Never FREE Read;
    DUPLICATE_COLUMN: duplicateColumn duplicate_column POST Api "/autocontentengine/{id}/columns/{col_id}/duplicate" Never FREE Read;
    MOVE_COLUMNS: updateColumnPositions move_columns PATCH Api "/autocontentengine/{id}/columns/update_positions" Reread FREE Read;
    MASS_UPDATE_COLUMNS: massUpdateColumns mass_update_columns PUT Api "/autocontentengine/{id}/columns/mass_update" Reread FREE Read;
    OPEN_CELL: getCell open_cell GET Api "/autocontentengine/{id}/cells/{cell_id}" Auto FREE Read;
    UPDATE_CELL: updateCell update_cell PATCH Api "/autocontentengine/{id}/cells/{cell_id}" Reread FREE Read;
    SET_CELL_ATTRIBUTES: updateCell set_cell_attributes PATCH Api "/autocontentengine/{id}/cells/{cell_id}" Reread FREE Read;
    MASS_UPDATE_CELLS: massUpdateCells mass_update_cells PUT Api "/autocontentengine/{id}/cells/mass_update" Reread FREE Read;
    SET_DEFAULT_GENERATION: setDefaultUserJob set_default_generation PATCH Api "/autocontentengine/{id}/cells/{cell_id}/set_default_user_job" Reread FREE Read;
    CREATE_LAYER: createLayer create_layer POST Api "/autocontentengine/{id}/cells/{cell_id}/layers" Never FREE Read;
    OPEN_LAYER: getLayer open_layer GET Api "/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}" Auto FREE Read;
    UPDATE_LAYER: updateLayer update_layer PATCH Api "/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}" Reread FREE Read;
    DELETE_LAYER: deleteLayer delete_layer DELETE Api "/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}" Gone FREE Read;
    DUPLICATE_LAYER: duplicateLayer duplicate_layer POST Api "/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/duplicate" Never FREE Read;
    MOVE_LAYERS: updateLayerPositions move_layers PUT Api "/autocontentengine/{id}/cells/{cell_id}/layers/update_positions" Reread FREE Read;
    GENERATE: generateCellContent generate POST Api "/autocontentengine/{id}/cells/{cell_id}/generate" Never PAID Spend;
    GENERATE_LAYER: generateLayerContent generate_layer POST Api "/autocontentengine/{id}/cells/{cell_id}/layers/{layer_id}/generate" Never PAID Spend;
    OPEN_GENERATION: getGeneration open_generation GET Api "/generations/{id}" Auto FREE Read;
    STOP_GENERATION: stopGeneration stop_generation POST Api "/generations/{id}/stop" Reread FREE Read;
    CONTINUE_GENERATION: continueGeneration continue_generation POST Api "/generations/{id}/continue" Never PAID Spend;
    LIST_VARIABLES: getGlobalVariables list_variables GET Api "/autocontentengine/{id}/global_variables" Auto FREE Read;
    IMPORT_VARIABLES: importGlobalVariables import_variables POST Api "/autocontentengine/{id}/import_global_variables" Never FREE Spend;
    DOWNLOAD_VARIABLES_TEMPLATE: downloadVariablesTemplate download_variables_template GET Api "/autocontentengine/global_variables_template" Auto FREE Read;
    LIST_CONTENT_RESOURCES: listContentResources list_content_resources GET Api "/content_resources" Auto FREE Read;
    CREATE_CONTENT_RESOURCE: createContentResource create_content_resource POST Api "/content_resources" Never FREE Spend;
    OPEN_CONTENT_RESOURCE: getContentResource open_content_resource GET Api "/content_resources/{id}" Auto FREE Read;
    RENAME_CONTENT_RESOURCE: updateContentResource rename_content_resource PATCH Api "/content_resources/{id}" Reread FREE Read;
    DELETE_CONTENT_RESOURCE: deleteContentResource delete_content_resource DELETE Api "/content_resources/{id}" Gone FREE Read;
    LIST_LIBRARY: listAssetLibraries list_library GET Api "/asset_libraries" Auto FREE Read;
    CREATE_FOLDER: createAssetFolder create_folder POST Api "/asset_folders" Never FREE Read;
    RENAME_FOLDER: updateAssetFolder rename_folder PATCH Api "/asset_folders/{id}" Reread FREE Read;
    DELETE_FOLDER: deleteAssetFolder delete_folder DELETE Api "/asset_folders/{id}" Never FREE Read;
    CREATE_DIRECT_UPLOAD: createDirectUpload create_direct_upload POST Api "/direct_upload" Auto FREE Read;
    OPEN_AUTOMATION: getAutomationConfig open_automation GET Api "/agents/{agent_id}/automation_config" Auto FREE Read;
    UPDATE_AUTOMATION: updateAutomationConfig update_automation PATCH Api "/agents/{agent_id}/automation_config" Reread FREE Read;
    TEST_WEBHOOK: testWebhook test_webhook POST Api "/agents/{agent_id}/automation_config/test_webhook" Never FREE Read;
    TEST_CALLBACK: testCallback test_callback POST Api "/agents/{agent_id}/automation_config/test_callback" Never FREE Read;

    RENDER: renderVideo render POST Api "/autocontentengine/{id}/cells/{cell_id}/render" Never PAID Spend;
    PUBLISH: createUserJob publish POST Api "/user_jobs" Never PAID Spend;
}
