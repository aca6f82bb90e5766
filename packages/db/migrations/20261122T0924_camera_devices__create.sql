-- SPDX-License-Identifier: AGPL-3.0-or-later
-- A camera as a device that can be told to cover homes itself. What the worker has found out about that stands beside what
-- somebody wants: neither can write the other's part.

-- `sealed` is AES-256-GCM over {url, username, password}, as of a stream.
CREATE TABLE camera_devices (
  camera_id    uuid PRIMARY KEY REFERENCES cameras (id) ON DELETE CASCADE,
  sealed       bytea NOT NULL,
  masks_wanted boolean NOT NULL DEFAULT false,
  updated_at   timestamptz NOT NULL DEFAULT now(),
  -- Null: nobody knows yet.
  masks_able   boolean,
  masks_state  text NOT NULL DEFAULT 'idle' CONSTRAINT camera_device_masks_state_known
               CHECK (masks_state IN ('idle', 'asking', 'checking', 'passing', 'here', 'unable')),
  masks_reason text,
  masks_since  timestamptz,
  -- Masks on the device that we made and may remove; whatever else is there is somebody else's.
  mask_tokens  text[] NOT NULL DEFAULT '{}'
);

-- Whoever holds the stream hears at once that pictures are not to be passed on any more.
CREATE TRIGGER camera_devices_tell AFTER INSERT OR DELETE OR UPDATE OF sealed, masks_wanted ON camera_devices
  FOR EACH ROW EXECUTE FUNCTION tell_masks_changed();

ALTER TABLE camera_devices ENABLE ROW LEVEL SECURITY;
CREATE POLICY devices_by_camera ON camera_devices TO louver_api
  USING (EXISTS (SELECT FROM cameras WHERE cameras.id = camera_devices.camera_id));
CREATE POLICY devices_for_worker ON camera_devices TO louver_worker USING (true);

GRANT INSERT (camera_id, sealed), DELETE, UPDATE (sealed, masks_wanted, updated_at),
      SELECT (camera_id, masks_wanted, updated_at, masks_able, masks_state, masks_reason, masks_since) ON camera_devices TO louver_api;
GRANT SELECT, UPDATE (masks_able, masks_state, masks_reason, masks_since, mask_tokens) ON camera_devices TO louver_worker;
